import assert from 'node:assert/strict';
import { brandingSchema } from '../../../../../src/domain/organizations/branding/branding.ts';

const accepts = (branding: object) => brandingSchema.safeParse(branding).success;

describe('the branding of an organization', () => {
  it('has names of any script, and emoji', () => {
    for (const name of [
      'Example Corp',
      'Ünïcode & Söhne',
      'شرکت نمونه‌ای',
      '例株式会社',
      '👩‍🚀 Crew',
      '<b>Bold</b>',
    ]) {
      assert.ok(accepts({ name }), name);
    }
  });

  it('has no name that shows as another one', () => {
    const codes = [0x202e, 0x2066, 0x200b, 0x2060, 0xfeff, 0x00ad, 0x061c, 0xe0041, 0x1b, 0x0a, 0x3164];
    for (const code of codes) {
      const name = `Exam${String.fromCodePoint(code)}ple`;
      assert.ok(!accepts({ name }), `U+${code.toString(16)}`);
    }
    for (const name of ['', ' ', '\u2800', '\u{1d159}', '\u200d', '\u200c\u200d', 'x'.repeat(65)])
      assert.ok(!accepts({ name }));
  });

  it('has colours that are six hexadecimal digits, and no other CSS', () => {
    assert.equal(brandingSchema.parse({ colour: '#0B4F8A' }).colour, '#0b4f8a');
    const others = [
      '#fff',
      'red',
      '#12345g',
      '#1234567',
      '#123456;}body{display:none',
      ' #123456',
      '#123456\n',
    ];
    for (const colour of others) assert.ok(!accepts({ colour }), colour);
    assert.ok(!accepts({ colour: 123456 }));
  });
});
