import assert from 'node:assert/strict';
import { readImportText } from '../../../../src/administration/bulk-import/read-text.ts';
import { AppError } from '../../../../src/foundation/platform/errors.ts';

const HEADER = 'userName,email,givenName,familyName,displayName';
const ANA = { userName: 'ana', email: 'ana@example.com', givenName: 'Ana', familyName: 'Souza' };

describe('a text with users to import', () => {
  it('is CSV as spreadsheets write it', async () => {
    const text = [
      '',
      'Display name;User_Name;e-mail;givenName;familyName;groups;enabled;attributes.title',
      '"Souza; ""Ana""\r\n(Lisbon)";ana;ana@example.com;Ana;Souza;"Sales; Design";no;',
      ';;;;',
      'Bo;bo;bo@example.com;Bo',
    ].join('\r\n');
    assert.deepEqual(await readImportText(text), {
      groups: [],
      users: [
        {
          value: {
            ...{ displayName: 'Souza; "Ana"\r\n(Lisbon)', ...ANA },
            ...{ groups: ['Sales', 'Design'], enabled: false },
          },
          line: 3,
        },
        {
          value: {
            ...{
              displayName: 'Bo',
              userName: 'bo',
              email: 'bo@example.com',
              givenName: 'Bo',
              familyName: '',
            },
          },
          line: 6,
        },
      ],
    });
  });

  it('keeps a column of attributes with a hostile name apart (attack)', async () => {
    const { users } = await readImportText(`${HEADER},attributes.__proto__\na,b,c,d,e,polluted`);
    const { value } = users[0] ?? assert.fail();
    assert.deepEqual(Object.getOwnPropertyNames((value as { attributes: object }).attributes), ['__proto__']);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('is lines of JSON, or one JSON document', async () => {
    const sent = { groups: [{ value: { displayName: 'Sales' } }], users: [{ value: ANA }] };
    const lines = `${JSON.stringify({ group: { displayName: 'Sales' } })}\n\n${JSON.stringify({ user: ANA })}`;
    assert.deepEqual(await readImportText(lines), {
      groups: [{ value: { displayName: 'Sales' }, line: 1 }],
      users: [{ value: ANA, line: 3 }],
    });
    const document = JSON.stringify({ groups: [{ displayName: 'Sales' }], users: [ANA] }, null, 2);
    assert.deepEqual(await readImportText(document), sent);
  });

  for (const [title, text, message] of [
    ['nothing', ' \n ', 'There are no users in it.'],
    ['another text', 'Dear Ana\nhello', 'Line 1: the column Dear Ana is not known.'],
    ['an unknown column', `${HEADER},phone`, 'Line 1: the column phone is not known.'],
    ['a column without a name', `${HEADER},`, 'Line 1: the column without a name is not known.'],
    ['a column twice', `${HEADER},Email`, 'Line 1: the column email occurs twice.'],
    ['a missing column', 'userName,email', 'Line 1: the column givenName is missing.'],
    [
      'too many cells',
      `${HEADER}\n1,2,3,4,5,6`,
      'Line 2: there are more cells than columns in the first line.',
    ],
    ['very many cells', `${HEADER}\n${','.repeat(300)}`, 'Line 2: there are more than 200 cells.'],
    ['an open quote', `${HEADER}\n"a,b`, 'Line 2: a quote is never closed.'],
    [
      'a quote in a cell',
      `${HEADER}\na"b,c`,
      'Line 2: put a cell with a quote into quotes, and write it twice.',
    ],
    [
      'text after a quote',
      `${HEADER}\n"a"b,c`,
      'Line 2: expected the end of the cell after its closing quote.',
    ],
    ['broken JSON', '{"users": [', 'This is not valid JSON.'],
    ['JSON of other things', '{"people": []}', '/people: people is not known here.'],
    ['a line of other things', '{"user": {}}\n{"a": 1}', 'Line 2: expected {"group": {…}} or {"user": {…}}.'],
  ] as const)
    it(`is refused with the line: ${title}`, async () => {
      await assert.rejects(
        readImportText(text),
        (error) =>
          error instanceof AppError && error.code === 'ValidationException' && error.message === message,
      );
    });

  it('takes a time that grows with its size only (attack)', async () => {
    for (const text of [
      `${HEADER}\n${'"'.repeat(2_000_001)}`,
      `${HEADER}\n${'a'.repeat(1000)}\n`.repeat(1000),
      '\n'.repeat(2_000_000),
      '{'.repeat(2_000_000),
    ]) {
      const begun = performance.now();
      await readImportText(text).catch(() => undefined);
      assert.ok(performance.now() - begun < 2000, text.slice(0, 60));
    }
  });
});
