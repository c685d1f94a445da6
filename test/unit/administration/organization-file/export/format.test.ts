import fc from 'fast-check';
import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { formatOrganizationFile } from '../../../../../src/administration/organization-file/export/format.ts';
import type { OrganizationDocument } from '../../../../../src/administration/organization-file/read/schema.ts';
import { samlFixture } from '../../../../support/saml/keys.ts';

/** Texts that YAML would misread, or that would end something, without quotes. */
const TREACHEROUS = [
  ...[
    'true',
    'No',
    'null',
    '~',
    '1',
    '0x1',
    '1e3',
    '.5',
    '2026-01-31',
    '',
    ' ',
    'a: b',
    'a:',
    ': a',
    '- a',
    '-',
  ],
  ...[
    '#a',
    'a #b',
    '*a',
    '&a',
    '!a',
    '%a',
    '@a',
    '`a',
    '|',
    '>',
    '? a',
    '[a]',
    '{a}',
    'a, b',
    '"a"',
    "'a'",
    '\\',
  ],
  ...[
    '---',
    '...',
    '<<',
    'a\nb',
    'a\nb\n',
    '-----A\nB\n',
    ' a\nb\n',
    'a\n\nb\n',
    'a\t',
    '\u0085',
    '\u2028',
    '\ufeff',
  ],
];

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...TREACHEROUS),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.array(tie('any'), { maxLength: 5 }),
    fc.dictionary(fc.string(), tie('any'), { maxKeys: 5 }),
  ),
})).any;
const documents = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...TREACHEROUS)), value, {
  minKeys: 1,
});

// The writer doesn't know the keys of organization files, only JSON values.
const format = (document: unknown) => formatOrganizationFile(document as OrganizationDocument);

describe('the text of an organization file', () => {
  it('is read back unchanged, whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const read: unknown = parse(await format(document));
        assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(document)));
      }),
      { numRuns: 1000 },
    );
  });

  it('escapes every character that older readers of YAML take for a line break', async () => {
    const text = await format({ a: 'x\u0085y', b: ['\u2028'] });
    assert.match(text, /\\u0085/);
    assert.doesNotMatch(text, /[\u0085\u2028]/);
  });

  it('is laid out for people: short values in a line, keys as blocks', async () => {
    const key = samlFixture('idp-key.pem');
    const [begin = ''] = key.split('\n');
    const text = await format({
      version: 1,
      groups: [{ displayName: 'Engineering', description: '' }],
      users: [
        { userName: 'ana@example.com', attributes: { 'enterprise.costCenter': '12' }, groups: ['A', 'B c'] },
      ],
      applications: [{ key: 'wiki', privateKey: key }],
    });
    assert.equal(
      text.slice(0, text.indexOf(begin)),
      [
        '# yaml-language-server: $schema=./organization-file.schema.json',
        'version: 1',
        '',
        'groups:',
        '  - { displayName: Engineering, description: "" }',
        '',
        'users:',
        '  - userName: ana@example.com',
        '    attributes: { enterprise.costCenter: "12" }',
        '    groups: [A, B c]',
        '',
        'applications:',
        '  - key: wiki',
        '    privateKey: |',
        '      ',
      ].join('\n'),
    );
  });
});
