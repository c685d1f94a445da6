import assert from 'node:assert/strict';
import { groupChangeSchema, groupInputSchema } from '../../../../src/domain/directory/group.ts';
import {
  assertEditable,
  userChangeSchema,
  userInputSchema,
  type User,
} from '../../../../src/domain/directory/user.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { person } from '../../../support/people/people.ts';

const faults = (input: unknown, schema = userInputSchema) => {
  const result = schema.safeParse(input);
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('the input of a user', () => {
  it('has names and an address, and attributes by their SCIM names', () => {
    const attributes = { title: 'Engineer', middleName: 'Maria', 'enterprise.manager.value': 'bob' };
    const input = person('ana', { attributes });
    assert.deepEqual(userInputSchema.parse(input), input);
    assert.deepEqual(userInputSchema.parse(person('ana')), person('ana'));
  });

  it('loses the spaces around its values', () => {
    const input = { ...person('ana'), displayName: '  Ana Maria ', attributes: { title: ' x ' } };
    const { displayName, attributes } = userInputSchema.parse(input);
    assert.deepEqual([displayName, attributes], ['Ana Maria', { title: 'x' }]);
  });

  it('is refused without any of the required fields', () => {
    assert.deepEqual(
      faults({}).map((fault) => fault.split(':')[0]),
      ['userName', 'email', 'givenName', 'familyName', 'displayName'],
    );
  });

  it('is refused with an unknown field', () => {
    assert.match(faults({ ...person('ana'), pasword: 'x' }).join(), /pasword/);
  });

  it('is refused with an unknown attribute, and the message lists the known ones', () => {
    const [fault, ...others] = faults({ ...person('ana'), attributes: { Title: 'x', title: 'y' } });
    assert.match(
      fault ?? '',
      /^attributes\.Title: There is no attribute Title\. There are: .*\btitle\b.*costCenter/,
    );
    assert.deepEqual(others, []);
    assert.equal(faults({ ...person('ana'), attributes: { constructor: 'x' } }).length, 1);
  });

  it('is refused with an attribute that is not text', () => {
    assert.match(
      faults({ ...person('ana'), attributes: { title: 7 } }).join(),
      /attributes\.title: .*must be text/,
    );
    assert.match(faults({ ...person('ana'), attributes: 'title' }).join(), /names with their values/);
  });

  const wrong: [string, Record<string, unknown>, RegExp][] = [
    ['an empty name', { givenName: '   ' }, /first name must have 1 to 1024 characters/],
    ['a name that is too long', { familyName: 'x'.repeat(1025) }, /last name must have 1 to 1024/],
    ['a user name with spaces', { userName: 'ana souza' }, /can’t have spaces/],
    ['a user name that is too long', { userName: 'x'.repeat(129) }, /1 to 128/],
    ['nothing but characters that nobody sees', { displayName: '\u200B\u2060' }, /nothing that can be seen/],
    [
      'a user name that looks like another',
      { userName: 'ad\u200Bmin' },
      /user name has a character that can’t be seen/,
    ],
    [
      'a user name that turns around',
      { userName: '\u202Enimda' },
      /user name has a character that can’t be seen/,
    ],
    ['an address without an @', { email: 'ana.example.com' }, /such as ana@example\.com/],
    ['an address with two', { email: 'ana@b@example.com' }, /such as ana@example\.com/],
    ['an address in angle brackets', { email: '<a@b.example>' }, /such as ana@example\.com/],
    ['a name with the address', { email: 'Ana<a@b.example>' }, /such as ana@example\.com/],
    ['two addresses', { email: 'a,b@c.example' }, /such as ana@example\.com/],
    ['an invisible character in the address', { email: 'a\u200B@b.example' }, /such as ana@example\.com/],
    ['a line feed (a forged mail header)', { email: 'ana@example.com\nBcc: x@example.com' }, /single line/],
    ['a NUL, which no message can carry', { displayName: 'a\u0000b' }, /U\+0000 at position 2/],
    [
      'U+2028, which some parsers turn into a line feed',
      { displayName: 'a\u2028b' },
      /U\+2028 at position 2/,
    ],
    ['half a surrogate pair', { displayName: 'a\uD800' }, /U\+D800/],
    ['a number', { givenName: 7 }, /must be text/],
    ['a missing name', { givenName: undefined }, /first name is missing/],
  ];
  for (const [what, change, message] of wrong) {
    it(`is refused with ${what}`, () => {
      assert.match(faults({ ...person('ana'), ...change }).join(), message);
    });
  }
});

describe('a change of a user', () => {
  it('may have any of the fields, or none', () => {
    assert.deepEqual(userChangeSchema.parse({}), {});
    assert.deepEqual(userChangeSchema.parse({ familyName: 'Souza' }), { familyName: 'Souza' });
  });

  it('never has the user name', () => {
    const result = userChangeSchema.safeParse({ userName: 'other' });
    assert.match(result.error?.message ?? '', /userName/);
  });

  it('is refused for a disabled user', () => {
    const user: User = {
      ...{ ...person('ana'), id: 'x' as never, attributes: {}, version: 1, createdAt: 0, updatedAt: 0 },
      enabled: true,
    };
    assert.doesNotThrow(() => assertEditable(user));
    assert.throws(() => assertEditable({ ...user, enabled: false }), failsWith('ConflictException'));
  });
});

describe('the input of a group', () => {
  it('has a name and optionally a description of several lines', () => {
    assert.deepEqual(groupInputSchema.parse({ displayName: ' Sales ' }), {
      displayName: 'Sales',
      description: '',
    });
    const description = 'Sells things.\nAnd services.';
    assert.equal(groupInputSchema.parse({ displayName: 'Sales', description }).description, description);
  });

  it('is refused without a name', () => {
    assert.equal(groupInputSchema.safeParse({ displayName: ' ' }).success, false);
    assert.equal(groupInputSchema.safeParse({ description: 'x' }).success, false);
  });

  it('leaves a description alone when a change does not give one', () => {
    assert.deepEqual(groupChangeSchema.parse({ displayName: 'Sales' }), { displayName: 'Sales' });
    assert.deepEqual(groupChangeSchema.parse({ description: '' }), { description: '' });
  });
});
