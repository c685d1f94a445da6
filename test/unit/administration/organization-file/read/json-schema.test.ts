import Ajv from 'ajv';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { organizationFileJsonSchema } from '../../../../../src/administration/organization-file/read/json-schema.ts';
import { EXAMPLE } from '../../../../support/servers/server.ts';
import { edited, type Edit } from '../../../../support/organization-file/organization-files.ts';

const EXAMPLES = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('organization.yaml'),
);

describe('the JSON Schema of organization files', () => {
  const validator = new Ajv({ allErrors: true });
  const validate = validator.compile(organizationFileJsonSchema());
  /** The places and the keywords of the schema where it finds faults. */
  const faultsOf = (text: string): string[] => {
    validate(parse(text));
    return (validate.errors ?? []).map(({ dataPath, keyword }) => `${dataPath} ${keyword}`);
  };

  it('accepts the examples and the fixtures', () => {
    assert.ok(EXAMPLES.length >= 2);
    const texts = EXAMPLES.map((name) => readFileSync(join('examples', name), 'utf8'));
    for (const text of [...texts, EXAMPLE, edited()]) assert.deepEqual(faultsOf(text), []);
  });

  const wrong = (title: string, edit: Edit, ...expected: string[]) =>
    it(`refuses ${title}`, () => assert.deepEqual(faultsOf(edited(edit)), expected));

  wrong('an unknown key', ['alias: acme', 'allias: acme'], '.instance additionalProperties');
  wrong('a missing key', ['    familyName: Souza\n', ''], '.users[0] required');
  wrong('another version', ['version: 1', 'version: 2'], '.version const');
  wrong(
    'an account id without quotes',
    ['"111122223333"', '111122223333'],
    '.organization.managementAccountId type',
  );
  wrong('an address without an @', ['email: olga@example.com', 'email: olga'], '.users[1].email pattern');
  wrong(
    'an unknown attribute',
    ['title: Engineer', 'tittle: Engineer'],
    '.users[0].attributes enum',
    '.users[0].attributes propertyNames',
  );
  wrong('an unknown setting', ['lifetime: PT2H', 'revocation: never'], '.settings.session.revocation enum');
  wrong(
    'an application without a service provider',
    ['    serviceProvider: {sample: notes}\n', ''],
    // It has neither a service provider nor a template that could know one.
    '.applications[2] required',
    '.applications[2] required',
    '.applications[2] anyOf',
  );

  it('describes values for people who write a file in an editor', () => {
    const text = JSON.stringify(organizationFileJsonSchema());
    assert.match(text, /How long a portal session lasts/);
    assert.match(text, /"enterprise\.costCenter"/);
  });
});
