import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS, type SubjectMapping } from '../../../../../src/domain/applications/application.ts';
import { isRequestedSubject } from '../../../../../src/flows/idp/requests/requested-subject.ts';
import type { NameId } from '../../../../../src/protocols/saml/assertion.ts';
import { NameIdFormat as Format } from '../../../../../src/protocols/saml/types.ts';
import { relyingParty } from '../../../../support/applications/applications.ts';

const issuer = 'http://localhost:8080/d-0123456789/saml/assertion/ins-0123456789abcdef';
const entityId = 'https://wiki.example.com';

describe('the Subject of a request', () => {
  const about = (subject: SubjectMapping, told: NameId, wanted: Parameters<typeof isRequestedSubject>[0]) => {
    const application = { relyingParty: relyingParty(entityId), settings: { ...DEFAULT_SETTINGS, subject } };
    return isRequestedSubject(wanted, told, { issuer, application });
  };

  const made: [Parameters<typeof isRequestedSubject>[0], boolean][] = [
    [{ value: 'opaque' }, true],
    [{ value: 'opaque', format: Format.persistent }, true],
    [{ value: 'opaque', format: Format.unspecified }, true],
    [{ value: 'opaque', format: Format.persistent, nameQualifier: issuer, spNameQualifier: entityId }, true],
    [{ value: 'Opaque' }, false],
    [{ value: 'opaque', format: Format.transient }, false],
    [{ value: 'opaque', format: Format.emailAddress }, false],
    [{ value: 'opaque', nameQualifier: 'https://other.example' }, false],
    [{ value: 'opaque', spNameQualifier: 'https://other.example' }, false],
    [{ value: '' }, false],
  ];
  for (const [wanted, expected] of made) {
    it(`${JSON.stringify(wanted)} is ${expected ? '' : 'not '}the person with a generated persistent name`, () => {
      const told = {
        value: 'opaque',
        format: Format.persistent,
        nameQualifier: issuer,
        spNameQualifier: entityId,
      };
      assert.equal(about({ value: null, format: 'persistent' }, told, wanted), expected);
    });
  }

  it('is compared by its value where the format is only a label, and by its qualifiers', () => {
    const mapping = { value: '${user:email}', format: 'emailAddress' } as const;
    const mapped = (wanted: Parameters<typeof isRequestedSubject>[0]) =>
      about(mapping, { value: 'ana@example.com', format: Format.emailAddress }, wanted);
    assert.ok(mapped({ value: 'ana@example.com', format: Format.persistent }));
    assert.ok(mapped({ value: 'ana@example.com', spNameQualifier: entityId }));
    assert.ok(!mapped({ value: 'ana@example.com', spNameQualifier: 'https://other.example' }));
    assert.ok(!mapped({ value: 'bo@example.com' }));
  });
});
