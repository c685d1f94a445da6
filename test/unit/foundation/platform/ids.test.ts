import assert from 'node:assert/strict';
import {
  derivedIds,
  newApplicationId,
  newDirectoryId,
  newGroupId,
  newInstanceId,
  newOrganizationId,
  newUserId,
  randomIds,
  type DirectoryId,
} from '../../../../src/foundation/platform/ids.ts';

for (const [name, source] of [
  ['random', () => randomIds],
  ['derived', () => derivedIds('d-1234567890', 'user', 'ana')],
] as const) {
  describe(`${name} ids`, () => {
    const directoryId = 'd-1234567890' as DirectoryId;
    const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
    const forms: [string, (ids: typeof randomIds) => string, RegExp][] = [
      ['organization', newOrganizationId, /^o-[0-9a-f]{10}$/],
      ['instance', newInstanceId, /^ssoins-[0-9a-f]{16}$/],
      ['directory', newDirectoryId, /^d-[0-9a-f]{10}$/],
      ['application', newApplicationId, /^ins-[0-9a-f]{16}$/],
      ['user', (ids) => newUserId(ids, directoryId), new RegExp(`^1234567890-${uuid}$`)],
      ['group', (ids) => newGroupId(ids, directoryId), new RegExp(`^1234567890-${uuid}$`)],
      ['token', (ids) => ids.token(), /^[\w-]{43}$/],
      ['odd number of digits', (ids) => ids.hex(7), /^[0-9a-f]{7}$/],
    ];
    for (const [what, make, form] of forms) {
      it(`have AWS’s form for the ${what}, and another value each time`, () => {
        const ids = source();
        const [one, other] = [make(ids), make(ids)];
        assert.match(one, form);
        assert.match(other, form);
        assert.notEqual(one, other);
      });
    }
  });
}

describe('derived ids', () => {
  const first = (...key: string[]) => derivedIds(...key).uuid();

  it('are a function of the things that they name', () => {
    assert.equal(first('d-1234567890', 'user', 'ana'), first('d-1234567890', 'user', 'ana'));
  });

  it('differ for natural keys that are equal only when their parts are joined', () => {
    const keys = [['ab', 'c'], ['a', 'bc'], ['abc'], ['ab', 'c', ''], ['2:ab', 'c'], ['a', 'b', 'c']];
    assert.equal(new Set(keys.map((key) => first(...key))).size, keys.length);
  });

  it('do not change, because service providers trust identifiers that contain them', () => {
    assert.equal(first('d-1234567890', 'user', 'ana@example.com'), KNOWN);
  });
});

/** Computed independently of the code, with sha256sum over `12:d-1234567890` `4:user` `15:ana@example.com` `1:0`. */
const KNOWN = '19ca1f2c-8fe5-52b7-8991-3654763e67fd';
