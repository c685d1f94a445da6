import assert from 'node:assert/strict';
import { renderToString } from 'preact-render-to-string';
import { Sentence } from '../../../views/components/sentence.tsx';

const shown = (text: string) => renderToString(<Sentence text={text} />);

describe('a message of the domain on a page', () => {
  it('has its instants as people write them', () =>
    assert.equal(
      shown('It expires on 2026-06-01T00:00:00.000Z, in 28 days.'),
      'It expires on <time datetime="2026-06-01T00:00:00.000Z">1 Jun 2026, 00:00 UTC</time>, in 28 days.',
    ));

  it('keeps what is no instant, and runs nothing', () =>
    assert.equal(
      shown('2026-99-99T00:00:00Z and <b>2026</b>'),
      '2026-99-99T00:00:00Z and &lt;b>2026&lt;/b>',
    ));
});
