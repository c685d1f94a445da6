import assert from 'node:assert/strict';
import { AppError } from '../../../../src/foundation/platform/errors.ts';
import { boundaryOf, parseMultipart } from '../../../../src/foundation/http/multipart.ts';
import { seededRandom } from '../../../support/basics/random.ts';

const part = (disposition: string, content: string) =>
  `--b\r\nContent-Disposition: ${disposition}\r\n\r\n${content}\r\n`;
const parse = (body: string) =>
  parseMultipart(Buffer.from(body), 'b').map(({ name, isFile, content }) => [
    name,
    isFile,
    content.toString(),
  ]);

describe('multipart/form-data', () => {
  it('splits a form into its fields and files', () => {
    const file = part('form-data; name="users"; filename="a.csv"', 'a,b\r\n--c\r\n');
    const body = `${part('form-data; name="csrf"', '')}${file}${part('form-data; name="csrf"', '\r\n')}--b--\r\n`;
    assert.deepEqual(parse(body), [
      ['csrf', false, ''],
      ['users', true, 'a,b\r\n--c\r\n'],
      ['csrf', false, '\r\n'],
    ]);
    assert.deepEqual(parse('--b--'), []);
  });

  const field = part('form-data; name="a"', '1');
  for (const [title, body] of [
    ['empty', ''],
    ['without a closing delimiter', field],
    ['cut off in a header', '--b\r\nContent-Disposition: form-data; name="a"'],
    ['cut off after a header', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n'],
    ['with text before the first delimiter', `x\r\n${field}--b--\r\n`],
    ['with text after the last delimiter', `${field}--b--\r\nx`],
    ['with text after a delimiter', `${field.replace('--b', '--b x')}--b--\r\n`],
    ['with a longer boundary in its content', `${field}--bb\r\n${field}--b--\r\n`],
    ['with bare line feeds', `${field}--b--`.replaceAll('\r', '')],
    ['without a Content-Disposition', '--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--'],
    [
      'with two of them',
      `${field.replace('\r\n\r\n', '\r\nContent-Disposition: form-data; name="b"\r\n\r\n')}--b--`,
    ],
    ['with another disposition', `${part('attachment; name="a"', '1')}--b--`],
    ['without a name', `${part('form-data', '1')}--b--`],
    ['with a name without quotes', `${part('form-data; name=a', '1')}--b--`],
    ['with two names', `${part('form-data; name="a"; name="b"', '1')}--b--`],
    ['with a header without end', `${part(`form-data; name="${'a'.repeat(5000)}"`, '1')}--b--`],
    ['with very many fields', `${field.repeat(201)}--b--`],
  ] as const) {
    it(`refuses a form ${title}`, () => {
      assert.throws(
        () => parse(body),
        (error) => error instanceof AppError && error.code === 'BadRequest',
      );
    });
  }

  it('reads the boundary of a Content-Type, and no other', () => {
    assert.equal(
      boundaryOf('multipart/form-data; boundary=----WebKitFormBoundary7MA4'),
      '----WebKitFormBoundary7MA4',
    );
    assert.equal(boundaryOf('Multipart/Form-Data; Boundary="a b"'), 'a b');
    for (const type of [
      'multipart/form-data',
      'multipart/form-data; boundary=',
      `multipart/form-data; boundary=${'a'.repeat(71)}`,
      'multipart/form-data; boundary=a; boundary=b',
      'multipart/form-data; boundary="a\u00e9"',
      'multipart/mixed; boundary=a',
    ])
      assert.equal(boundaryOf(type), undefined, type);
  });

  it('reads what Node’s fetch writes, whatever the contents are', async () => {
    const random = seededRandom(1);
    const below = (limit: number) => Math.floor(random() * limit);
    const pieces = ['\r', '\n', '\r\n', '--', '-', 'a', 'é', '\r\n--', '\u0000', '"', '%22', ':'];
    const text = () => Array.from({ length: below(9) }, () => pieces[below(pieces.length)]).join('');
    for (let round = 0; round < 60; round += 1) {
      const sent = Array.from({ length: below(5) }, (_, index) => ({ name: `f${index}`, value: text() }));
      const form = new FormData();
      for (const { name, value } of sent) form.append(name, new Blob([value]), 'x y.csv');
      const request = new Response(form);
      const boundary = boundaryOf(request.headers.get('Content-Type') ?? '');
      assert.ok(boundary);
      const parts = parseMultipart(Buffer.from(await request.arrayBuffer()), boundary);
      assert.deepEqual(
        parts.map(({ name, isFile, content }) => ({ name, isFile, value: content.toString() })),
        sent.map((each) => ({ ...each, isFile: true })),
      );
    }
  });
});
