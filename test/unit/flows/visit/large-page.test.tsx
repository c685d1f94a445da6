import assert from 'node:assert/strict';
import type { PageContext } from '../../../../views/page-context.tsx';
import { renderPage } from '../../../../src/foundation/http/render.ts';
import { largePage } from '../../../../src/flows/visit/large-page.ts';

describe('a large page', () => {
  const contextOf = (given: Partial<PageContext>): PageContext => ({
    ...{ nonce: 'n', assets: (name) => `/assets/${name}`, instanceName: undefined },
    ...given,
  });
  const render = (page: PageContext) => <main id={page.nonce}>1 &lt; 2, {page.nonce}</main>;

  it('is rendered once, and its answers share everything but the nonce', () => {
    let renders = 0;
    const page = largePage((context) => {
      renders += 1;
      return render(context);
    });
    const [a, b] = [contextOf({ nonce: 'a"' }), contextOf({ nonce: '<b' })];
    const [first, second] = [page(a).pieces, page(b).pieces];
    assert.equal(Buffer.concat(first).toString(), renderPage(render(a)));
    assert.equal(Buffer.concat(second).toString(), renderPage(render(b)));
    assert.equal(renders, 1);
    assert.ok(first.length > 4);
    for (const [index, piece] of first.entries()) assert.equal(piece === second[index], index % 2 === 0);
  });
});
