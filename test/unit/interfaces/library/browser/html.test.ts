import assert from 'node:assert/strict';
import { formsOf } from '../../../../../src/interfaces/library/browser/html.ts';

describe('forms of a page', () => {
  it('have the fields that a browser would send', async () => {
    const [form] = await formsOf(`<FORM method="POST" action='/sign?a=1&amp;b=2' data-deliver>
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

  it('are read correctly when a value contains markup', async () => {
    const [first, second] = await formsOf(
      `<form action="/a"><input name="x" value="</form-not><input name='y'>"></form><form><input name="z" value='"'></form>`,
    );
    assert.deepEqual(first?.fields, { x: `</form-not><input name='y'>` });
    assert.deepEqual(second?.fields, { z: '"' });
    assert.equal(second.action, undefined);
  });

  it('are not found in scripts or texts', async () => {
    assert.deepEqual(
      await formsOf(`<script>// <form><input name=x></form> isn't one</script> 1 < 2 isn't <form`),
      [],
    );
    const [form] = await formsOf(`<style>a{content:'<'}</style><form></form><input name="late">`);
    assert.deepEqual(form?.fields, {});
  });

  it('are quickly found to be missing on a page without forms', async () => {
    assert.deepEqual(await formsOf('<p>No form</p>'), []);
    // Processor time doesn't count what else the machine does.
    const begun = process.cpuUsage();
    for (const part of ['<form ', '<form a="', '<form>', "<a b='", '<input name=x ', '< ', '<script>'])
      await formsOf(part.repeat(100_000));
    const { user, system } = process.cpuUsage(begun);
    assert.ok(user + system < 1_000_000);
  });

  it('include the fields that a browser would assign to them', async () => {
    const [inTable, second] =
      await formsOf(`<table><form action="/t"><tr><td><input name="a"></td></tr></form></table>
      <form action="/n"><form action="/nested"><noscript><input name="b"></noscript>
      <template><input name="c"></template><textarea><input name="d"></textarea></form><!-- <input name="e"> -->
      <input name="late">`);
    assert.deepEqual([inTable?.action, inTable?.fields], ['/t', { a: '' }]);
    assert.deepEqual([second?.action, second?.fields], ['/n', { b: '' }]);
  });

  it('are read with every named character reference', async () => {
    const [form] = await formsOf(`<form><input name="x" value="&eacute;&nbsp;&copy&notit;&hellip;"></form>`);
    assert.deepEqual(form?.fields, { x: 'é\u00a0©&notit;…' });
  });
});
