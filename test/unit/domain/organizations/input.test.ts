import assert from 'node:assert/strict';
import {
  aliasSchema,
  directoryIdSchema,
  organizationInputSchema,
} from '../../../../src/domain/organizations/input.ts';

describe('the input of an organization', () => {
  it('has a name and an account, a region by default, and optionally an alias', () => {
    const input = { name: ' Example Corp ', managementAccountId: '000011112222' };
    assert.deepEqual(organizationInputSchema.parse(input), {
      ...input,
      name: 'Example Corp',
      region: 'us-east-1',
    });
    assert.equal(organizationInputSchema.parse({ ...input, alias: 'demo' }).alias, 'demo');
  });

  const wrong: [string, Record<string, unknown>, RegExp][] = [
    ['no name', { name: '' }, /1 to 64 characters/],
    ['a long name', { name: 'x'.repeat(65) }, /1 to 64 characters/],
    ['an account id that YAML read as a number', { managementAccountId: 111122223333 }, /in quotes/],
    ['an account id with hyphens', { managementAccountId: '1111-2222-3333' }, /twelve digits/],
    ['no region', { region: 'nowhere' }, /such as us-east-1/],
    ['an unknown field', { colour: 'blue' }, /colour/],
  ];
  for (const [what, change, message] of wrong) {
    it(`is refused with ${what}`, () => {
      const input = { name: 'Example Corp', managementAccountId: '111122223333', ...change };
      assert.match(organizationInputSchema.safeParse(input).error?.message ?? '', message);
    });
  }

  for (const region of ['us-east-1', 'eu-central-2', 'us-gov-west-1', 'ap-southeast-3', 'cn-north-1']) {
    it(`may be in ${region}`, () => {
      const input = { name: 'x', managementAccountId: '111122223333', region };
      assert.equal(organizationInputSchema.parse(input).region, region);
    });
  }
});

describe('an alias', () => {
  for (const alias of ['abc', 'demo', 'a-1', '123', 'x'.repeat(32), 'dev-team', 'apis']) {
    it(`may be ${alias}`, () => {
      assert.equal(aliasSchema.parse(alias), alias);
    });
  }

  // The first segments of our own paths: such an alias would never be reached, or would hide them.
  const reserved =
    'api samples assets healthz readyz metrics client token authorize device_authorization federation';
  for (const alias of [
    ...reserved.split(' '),
    'assignment',
    'logout',
    'saml',
    'scim',
    'd-1234567890',
    'd-x',
  ]) {
    it(`can’t be ${alias}`, () => {
      assert.equal(aliasSchema.safeParse(alias).success, false);
    });
  }

  for (const alias of [
    '',
    'ab',
    'x'.repeat(33),
    'Demo',
    'de mo',
    '-demo',
    'demo-',
    'dé-mo',
    'demo\n',
    '../x',
    'a.b',
  ]) {
    it(`is not ${JSON.stringify(alias)}`, () => {
      assert.match(aliasSchema.safeParse(alias).error?.message ?? '', /3 to 32 lower-case letters/);
    });
  }
});

describe('a directory id', () => {
  it('must be complete', () => {
    assert.equal(directoryIdSchema.parse('d-90670abcde'), 'd-90670abcde');
    for (const id of ['d-90670ABCDE', 'd-90670abcd', 'd-90670abcde0', '90670abcde', 'd-90670abcde\n']) {
      assert.equal(directoryIdSchema.safeParse(id).success, false, id);
    }
  });
});
