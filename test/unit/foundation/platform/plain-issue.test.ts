import assert from 'node:assert/strict';
import { z } from 'zod';
import { inPlainWords } from '../../../../src/foundation/platform/plain-issue.ts';

describe('what a schema without messages of its own refuses', () => {
  const count = z.coerce.number().int().min(0).max(10);
  const cases: Record<string, [schema: z.ZodType, value: unknown, message: string]> = {
    'a number that is none': [count, 'x', 'Give a number.'],
    'an infinite number': [count, '1e999', 'Give a number.'],
    'a fraction': [count, '1.5', 'Give a whole number.'],
    'a number below the limit': [count, '-1', 'Give at least 0.'],
    'a number above the limit': [count, '11', 'Give at most 10.'],
    nothing: [z.string(), undefined, 'This is missing: give a text.'],
    'an empty text': [z.string().min(1), '', 'Give a text: it is empty.'],
    'a text that is too long': [z.string().max(2), 'abc', 'Give at most 2 characters.'],
    'a field that is sent twice': [z.string(), ['a', 'b'], 'Give this once.'],
    'too many fields': [z.array(z.string()).max(1), ['a', 'b'], 'Give at most 1 value.'],
    'a word that isn’t listed': [z.enum(['', 'on', 'off']), 'x', 'Give one of these: nothing, on, off.'],
    'another word than the only one': [z.literal('yes'), 'no', 'Give yes.'],
    'a text of another form': [z.uuid(), 'x', 'This value is not what is accepted here.'],
    'neither of two': [z.union([z.boolean(), z.number()]), 'x', 'This value is not what is accepted here.'],
    'another kind': [z.looseObject({}), 'x', 'Give an object.'],
  };
  for (const [what, [schema, value, message]] of Object.entries(cases))
    it(`is said in plain words: ${what}`, () => {
      const { error } = schema.safeParse(value, { error: inPlainWords });
      assert.deepEqual(
        error?.issues.map((issue) => issue.message),
        [message],
      );
    });

  it('keeps the message that the schema has', () => {
    const { error } = z.string({ error: 'Say who.' }).safeParse(1, { error: inPlainWords });
    assert.equal(error?.issues[0]?.message, 'Say who.');
  });
});
