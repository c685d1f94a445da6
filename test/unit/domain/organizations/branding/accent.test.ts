import assert from 'node:assert/strict';
import { accentsOf, accentStyle, contrast } from '../../../../../src/domain/organizations/branding/accent.ts';

/** Nine values of each channel. */
const COLOURS = [...grid()];

function* grid(): Generator<string> {
  const values = Array.from({ length: 9 }, (_, index) => Math.min(255, index * 32));
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  for (const red of values)
    for (const green of values) for (const blue of values) yield `#${hex(red)}${hex(green)}${hex(blue)}`;
}

describe('the colour of an organization', () => {
  it('measures contrast as WCAG does', () => {
    assert.equal(contrast('#000000', '#ffffff'), 21);
    assert.equal(contrast('#ffffff', '#ffffff'), 1);
    // https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html: the usual lightest grey on white.
    assert.ok(contrast('#767676', '#ffffff') >= 4.5);
    assert.ok(contrast('#777777', '#ffffff') < 4.5);
  });

  it('is legible as text, under text and on its tint in both themes, whatever it is', () => {
    // The grounds of views/assets/theme/01-foundations.css.
    const grounds = {
      light: ['#ffffff', '#f7f6f2', '#f3f2ec'],
      dark: ['#182021', '#0f1516', '#121a1b'],
    } as const;
    for (const colour of COLOURS) {
      const themes = accentsOf(colour);
      for (const theme of ['light', 'dark'] as const) {
        const { accent, strong, onAccent, soft } = themes[theme];
        for (const ground of [...grounds[theme], soft, onAccent]) {
          assert.ok(contrast(accent, ground) >= 4.5, `${colour}, ${theme}: ${accent} on ${ground}`);
        }
        assert.ok(contrast(strong, onAccent) >= 4.5, `${colour}, ${theme}: ${onAccent} on ${strong}`);
        const inkSoft = theme === 'light' ? '#55625f' : '#a7b4b0';
        assert.ok(contrast(inkSoft, soft) >= 4.5, `${colour}, ${theme}: soft ink on ${soft}`);
      }
    }
  });

  it('stays as it is where it is legible', () => {
    assert.equal(accentsOf('#0b4f8a').light.accent, '#0b4f8a');
    assert.equal(accentsOf('#ffcc00').dark.accent, '#ffcc00');
    assert.notEqual(accentsOf('#ffcc00').light.accent, '#ffcc00');
  });

  it('becomes a style sheet of eight colours and nothing else', () => {
    const pair = 'light-dark\\(#[0-9a-f]{6},#[0-9a-f]{6}\\)';
    const sheet = new RegExp(`^:root\\{(--v-[a-z-]+:${pair}[;}]){4}$`);
    assert.match(accentStyle('#0b4f8a'), sheet);
  });
});
