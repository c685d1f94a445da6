import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findJsonExcess, parseJsonBody } from '../../../../src/foundation/http/json-body.ts';

const LIMITS = { levels: 3, values: 10 };

describe('the limits of JSON', () => {
  it('are found before the text is parsed, whether or not it is valid', () => {
    for (const text of ['[[[[', '{"a":{"a":{"a":{', '[[[{}]]]', '[[],[],[[[]]]]'])
      assert.equal(findJsonExcess(text, LIMITS), 'levels', text);
    for (const text of [',,,,,,,,,,,', '[0,0,0,0,0,0,0,0,0,0,0', '{}{}{}{}{}{}{}{}{}{}{}'])
      assert.equal(findJsonExcess(text, LIMITS), 'values', text);
  });

  it('don’t count what is inside a string', () => {
    for (const text of [
      '"[[[[{{{{,,,,,,,,,,,"',
      '["\\"[[[[", "\\\\"]',
      '"[[[[',
      '"\\',
      '["\\\\\\"[[[["]',
      '',
    ])
      assert.equal(findJsonExcess(text, LIMITS), undefined, text);
    assert.equal(findJsonExcess('["\\\\", [[[', LIMITS), 'levels'); // the backslash escapes the other one, not the quote
  });

  it('count at least as many values as there are, and at most twice as many', () => {
    const count = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? Object.values(value).reduce<number>((sum, each) => sum + count(each), 1)
        : 1;
    fc.assert(
      fc.property(fc.json(), (text) => {
        const values = count(JSON.parse(text));
        assert.equal(findJsonExcess(text, { levels: 1000, values: 2 * values }), undefined);
        if (values > 1) assert.equal(findJsonExcess(text, { levels: 1000, values: values - 2 }), 'values');
      }),
    );
  });
});

describe('a JSON body', () => {
  it('is an object or a list; no key of it replaces a prototype', () => {
    assert.deepEqual(parseJsonBody('{"a":[1]}'), { a: [1] });
    assert.deepEqual(parseJsonBody(''), {});
    for (const text of ['1', '"a"', 'null', '{"a":[{"__proto__":{}}]}', '{"\\u005f_proto__":1}'])
      assert.throws(() => parseJsonBody(text), { code: 'BadRequest' }, text);
    assert.throws(() => parseJsonBody('{"a":'), {
      fields: [{ field: '', message: 'The JSON is not valid from here on.', line: 1, column: 6 }],
    });
  });
});
