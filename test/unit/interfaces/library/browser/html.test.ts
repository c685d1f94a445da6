import assert from 'node:assert/strict';
import { formsOf } from '../../../../../src/interfaces/library/browser/html.ts';

describe('forms of a page', () => {
  it('have the fields that a browser would send', () => {
    const [form] = formsOf(`<FORM method="POST" action='/sign?a=1&amp;b=2' data-deliver>
      <input type="hidden" name="csrf" value="a&lt;b&#62;&quot;&#x26;">
      <input name=username value=ana><input name="empty"/>
      <input type="checkbox" name="trust" value="yes"><input type=submit name=go value=Go><input value="nameless">
    </form>`);
    assert.deepEqual(form?.fields, { csrf: 'a<b>"&', username: 'ana', empty: '' });
    assert.deepEqual(
      [form.action, form.method, form.attributes.has('data-deliver')],
      ['/sign?a=1&b=2', 'post', true],
    );
  });

  it('are read whole though a value holds markup', () => {
    const [first, second] = formsOf(
      `<form action="/a"><input name="x" value="</form-not><input name='y'>"></form><form><input name="z" value='"'></form>`,
    );
    assert.deepEqual(first?.fields, { x: `</form-not><input name='y'>` });
    assert.deepEqual(second?.fields, { z: '"' });
    assert.equal(second.action, undefined);
  });

  it('are not what a script or a text says', () => {
    assert.deepEqual(
      formsOf(`<script>// <form><input name=x></form> isn't one</script> 1 < 2 isn't <form`),
      [],
    );
    const [form] = formsOf(`<style>a{content:'<'}</style><form></form><input name="late">`);
    assert.deepEqual(form?.fields, {});
  });

  it('are none where there are none, quickly', () => {
    assert.deepEqual(formsOf('<p>No form</p>'), []);
    const startedAt = performance.now();
    for (const part of ['<form ', '<form a="', '<form>', "<a b='", '<input name=x ', '< ', '<script>'])
      formsOf(part.repeat(100_000));
    assert.ok(performance.now() - startedAt < 1000);
  });
});
