import assert from 'node:assert/strict';
import { generateNameId } from '../../../../../src/flows/idp/responses/generated-name-id.ts';
import { newDirectoryId, newUserId, randomIds } from '../../../../../src/foundation/platform/ids.ts';
import { NameIdFormat } from '../../../../../src/protocols/saml/types.ts';
import { relyingParty } from '../../../../support/applications/applications.ts';

const issuer = 'http://localhost:8080/d-0123456789/saml/assertion/ins-0123456789abcdef';
const directoryId = newDirectoryId(randomIds);
const ana = newUserId(randomIds, directoryId);
const ben = newUserId(randomIds, directoryId);

describe('a generated NameID', () => {
  const named = (format: 'persistent' | 'transient', salt: string, userId = ana) =>
    generateNameId(format, {
      ids: randomIds,
      issuer,
      application: { nameIdSalt: salt, relyingParty: relyingParty('https://wiki.example.com') },
      userId,
    });

  it('is the same each time for a user at an application, and names both parties, when it is persistent', () => {
    const first = named('persistent', 'wiki');
    assert.deepEqual(named('persistent', 'wiki'), first);
    assert.equal(first.format, NameIdFormat.persistent);
    assert.equal(first.nameQualifier, issuer);
    assert.equal(first.spNameQualifier, 'https://wiki.example.com');
    // saml-core-2.0 §8.3.7: at most 256 characters.
    assert.ok(first.value.length >= 22 && first.value.length <= 256);
  });

  it('doesn’t reveal the user’s id, and is different for another application', () => {
    const values = [
      named('persistent', 'wiki'),
      named('persistent', 'mail'),
      named('persistent', 'wiki', ben),
    ];
    assert.equal(new Set(values.map(({ value }) => value)).size, 3);
    for (const { value } of values) assert.ok(!value.includes(ana));
  });

  it('is different each time, and an NCName, when it is transient', () => {
    const [first, second] = [named('transient', 'wiki'), named('transient', 'wiki')];
    assert.notEqual(first.value, second.value);
    assert.match(first.value, /^_[0-9a-f]{40}$/);
    assert.equal(first.format, NameIdFormat.transient);
  });
});
