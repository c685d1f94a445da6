import { EMAIL_ADDRESS } from '../../../../domain/mail/email-address.ts';
import { NameIdFormat } from '../../../../protocols/saml/types.ts';
import { listed, type Advised, type Rule } from './advice.ts';

const LARGE_BYTES = 64 * 1024;

/** The short name of a NameID format. */
export const formatName = (format: string): string =>
  Object.entries(NameIdFormat).find(([, uri]) => uri === format)?.[0] ?? format;

/** The default for a NameID without a Format (saml-core-2.0 §2.2.2). */
const formatOf = ({ response }: Advised) => response.assertion?.nameId?.format ?? NameIdFormat.unspecified;

/** The mapped attributes for which this user has no value. */
export function attributesLeftOut({ response, application }: Pick<Advised, 'response' | 'application'>) {
  if (!response.assertion) return [];
  const sent = new Set(response.assertion.attributes.map(({ name }) => name));
  return application.settings.attributes.filter(({ name }) => !sent.has(name));
}

const noAssertion: Rule = ({ response, application }) =>
  response.assertion
    ? undefined
    : {
        code: 'no-assertion',
        severity: 'problem',
        what: `There is no assertion, so the user won’t be signed in. ${response.statusMessage ?? ''}`.trim(),
        why: `The request can’t be answered as ${application.displayName} asked, and the status says so.`,
        remedy: 'Look at the status codes below, and at what the request asks for.',
      };

const emptyNameId: Rule = ({ response: { assertion } }) =>
  assertion && (assertion.nameId?.value ?? '').trim() === ''
    ? {
        code: 'name-id-empty',
        severity: 'problem',
        what: 'The NameID is empty.',
        why: 'The service provider can’t tell who the user is.',
        remedy: 'Map the subject to a value that every user has, such as ${user:email}.',
      }
    : undefined;

const notAnAddress: Rule = (advised) => {
  const value = advised.response.assertion?.nameId?.value.trim() ?? '';
  if (formatOf(advised) !== NameIdFormat.emailAddress || value === '' || EMAIL_ADDRESS.test(value))
    return undefined;
  return {
    code: 'name-id-not-an-address',
    severity: 'warning',
    what: `The NameID’s format is emailAddress, but “${value}” is not an email address.`,
    why: 'Service providers that look up accounts by email address find none, or refuse the value.',
    remedy: 'Map the subject to ${user:email}, or choose another format for it.',
  };
};

const formatNotListed: Rule = (advised) => {
  const { nameIdFormats } = advised.application.relyingParty;
  const format = formatOf(advised);
  if (!advised.response.assertion || nameIdFormats.length === 0) return undefined;
  if ([format, NameIdFormat.unspecified].some((each) => nameIdFormats.includes(each))) return undefined;
  return {
    code: 'name-id-format-not-listed',
    severity: 'warning',
    what: `The NameID has the format ${formatName(format)}, but the service provider’s metadata lists ${nameIdFormats.map(formatName).join(', ')}.`,
    why: 'It may refuse a format that it doesn’t list, or not find the user.',
    remedy: 'Choose one of its formats for the subject of this application.',
  };
};

const leftOut: Rule = (advised) => {
  const names = attributesLeftOut(advised).map(({ name }) => name);
  if (names.length === 0) return undefined;
  const [noun, verb] = names.length === 1 ? ['attribute', 'is'] : ['attributes', 'are'];
  return {
    code: 'attribute-left-out',
    severity: 'warning',
    what: `The ${noun} ${listed(names)} ${verb} left out: this user has no value for ${names.length === 1 ? 'it' : 'them'}.`,
    why: 'If the service provider requires the attribute, the sign-on fails, often only for some users.',
    remedy: 'Give the user a value, or map the attribute to a value that every user has.',
  };
};

const duplicates: Rule = ({ response: { assertion } }) => {
  const names = assertion?.attributes.map(({ name }) => name) ?? [];
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (twice.length === 0) return undefined;
  return {
    code: 'attribute-twice',
    severity: 'warning',
    what: `These attributes appear more than once: ${listed(twice)}.`,
    why: 'Service providers use the first one, the last one or none, or refuse the assertion.',
    remedy: 'Map each name once; one attribute can have several values.',
  };
};

const large: Rule = ({ bytes }) =>
  bytes > LARGE_BYTES
    ? {
        code: 'response-large',
        severity: 'warning',
        what: `The response has ${Math.round(bytes / 1024)} KiB, and a third more in base64 when it is posted.`,
        why: 'Web servers limit forms and headers, and sessions that keep the attributes in a cookie overflow.',
        remedy: 'Send fewer values. The usual reason is a user in many groups.',
      }
    : undefined;

/** The rules about the subject and its attributes. */
export const CONTENT_RULES: readonly Rule[] = [
  ...[noAssertion, emptyNameId, notAnAddress, formatNotListed, leftOut, duplicates, large],
];
