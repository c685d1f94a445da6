import { excerpt } from '../../foundation/platform/excerpt.ts';
import type { ReceivedAssertion } from '../../protocols/saml/read-assertion.ts';

/** What a product knows of a signed-in user: only what the verified assertion says. */
export interface Person {
  readonly name: string;
  /** The email address or, when the assertion has none, the NameID. */
  readonly email: string;
  /** Names or ids, as the application's `groupValues` says. */
  readonly groups: readonly string[];
}

/** The attribute `mail` of LDAP by its object identifier (saml-profiles-2.0 §8.2.2). */
const MAIL = 'urn:oid:0.9.2342.19200300.100.1.3';

/** In characters: a page repeats these values, and an assertion can have values of any length. */
const MAX_SHOWN = 100;

/** Reads the attributes that applications have by default, and `groups` if it is mapped. */
export function personOf({ attributes, nameId }: ReceivedAssertion): Person {
  const valuesOf = (...names: string[]) =>
    attributes.find((each) => names.includes(each.name))?.values.filter((value) => value !== '') ?? [];
  const valueOf = (...names: string[]) => {
    const [value] = valuesOf(...names);
    return value === undefined ? undefined : excerpt(value, MAX_SHOWN);
  };
  const fullName = [valueOf('givenName'), valueOf('familyName')]
    .filter((name) => name !== undefined)
    .join(' ');
  const subject = excerpt(nameId?.value ?? '', MAX_SHOWN);
  return {
    name: valueOf('displayName') ?? (fullName === '' ? subject : fullName),
    email: valueOf('email', 'mail', MAIL) ?? subject,
    groups: valuesOf('groups'),
  };
}
