import assert from 'node:assert/strict';
import { saidBy } from '../../../../../src/interfaces/library/browser/page-text.ts';

describe('what a page tells its reader', () => {
  it('is its error, without the title that all errors have', async () => {
    const html =
      '<main><h1>Sign in</h1><div id="trouble"><p>There is a problem</p><p><a href="#password">The password\n is wrong &amp; old.</a></p></div></main>';
    assert.equal(await saidBy(html), 'The password is wrong & old.');
  });

  it('is its heading and first paragraph if it has no error', async () => {
    const html =
      '<p>Vestibule</p><h1>You can’t sign in</h1><div id="trouble"></div><p> </p><p>Ana is disabled.</p>';
    assert.equal(await saidBy(html), 'You can’t sign in. Ana is disabled.');
    assert.equal(await saidBy('<h1>Not found</h1>'), 'Not found');
    assert.equal(await saidBy('nothing'), '');
  });
});
