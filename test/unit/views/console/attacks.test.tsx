import assert from 'node:assert/strict';
import { Banner } from '../../../../views/components/console/banner.tsx';
import { CopiedValue } from '../../../../views/components/console/copied-value.tsx';
import { Detail } from '../../../../views/components/console/detail.tsx';
import { Named } from '../../../../views/components/named.tsx';
import { PARTS } from '../../../../views/developers/parts.ts';
import { all, html, textOf } from '../../../support/pages/rendering.tsx';

const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;

describe('attack: names in the console', () => {
  it('with markup stay text, in every part', () => {
    const shown = html(
      <>
        <Detail
          back={{ label: attack, href: '/' }}
          {...{ kind: attack, name: attack, status: { text: attack, tone: 'good' } }}
          tabs={[1, 2].map((each) => ({ label: attack, href: `/${each}` }))}
          currentHref="/1"
        >
          <CopiedValue name={attack} value={attack} />
        </Detail>
        <Banner tone="success">{attack}</Banner>
      </>,
    );
    assert.doesNotMatch(shown, /<script|<img/);
    assert.deepEqual(all(shown, /(?<!=)"'>/g), [], 'no attribute was left early');
    for (const { states } of PARTS)
      for (const state of states) assert.doesNotMatch(html(state.shown), /<script>alert/);
  });

  it('that turn the direction of text are shown, not obeyed', () => {
    for (const code of [
      '202A',
      '202E',
      '2066',
      '2069',
      '200F',
      '200B',
      '2060',
      'FEFF',
      '00AD',
      '0000',
      '0085',
    ]) {
      const shown = html(<Named text={`Ana ${String.fromCodePoint(parseInt(code, 16))}nimda`} />);
      assert.match(shown, /^<bdi[^>]*>.*<\/bdi>$/);
      assert.equal(textOf(shown), `Ana U+${code} nimda`);
    }
  });

  it('that nobody can see are named, so that their links can be chosen', () => {
    for (const text of ['', ' ', '\u200B', '\u200D\u2060', '\u202E', '\u3164', '\u00A0\u00AD', '\u0301'])
      assert.equal(textOf(html(<Named text={text} />)), '(nothing to see)', JSON.stringify(text));
    for (const text of ['a', '–', '👩🏽‍🚀', 'ليلى', 'é', '財', 'می\u200Cخواهم'])
      assert.equal(textOf(html(<Named text={text} />)), text);
  });
});
