import assert from 'node:assert/strict';
import { textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { parsePage, requestOf } from './reading.ts';
import { startSamples, type Harness } from './harness.ts';

/** The XML that a step shows, without the white space of its layout. */
function shownXml(page: Answer, label: string): string {
  const region = new RegExp(`aria-label="${label}"[^>]*><code>(.*?)</code>`, 's').exec(page.body)?.[1] ?? '';
  return textOf({ ...page, body: region.replaceAll('</span>', '').replaceAll(/<span[^>]*>/g, '') });
}

const plain = (xml: string) => xml.replaceAll(/\s+/g, '');

describe('what just happened', () => {
  let harness: Harness;
  before(async () => (harness = await startSamples({ signing: { response: false, assertion: true } })));
  after(() => harness.stop());
  const look = (browser: Browserless) => browser.get(`${harness.home}/what-happened`);

  for (const binding of ['redirect', 'post'] as const) {
    it(`shows the request that was sent by HTTP-${binding}, and the whole response, byte for byte`, async () => {
      const browser = harness.browser();
      const asking = await browser.get(`${harness.home}/signin?binding=${binding}`);
      const sent =
        binding === 'post'
          ? { post: parsePage(asking).fields['SAMLRequest'] ?? '' }
          : { redirect: new URL(asking.location ?? '', 'http://x').searchParams.get('SAMLRequest') ?? '' };
      const inResponseTo = (await requestOf(sent)).attributes.get('ID') ?? '';
      const xml = await harness.respond({ assertion: { inResponseTo } });
      await harness.deliver(browser, xml, '/notebooks/today');
      const page = await look(browser);
      assert.match(plain(shownXml(page, 'Decoded SAMLRequest')), new RegExp(`ID="${inResponseTo}"`));
      // Only the assertion is signed, but all of the response travelled.
      assert.equal(plain(shownXml(page, 'Decoded SAMLResponse')), plain(xml));
      assert.match(page.body, binding === 'post' ? /POST with the SAMLRequest/ : /GET with the SAMLRequest/);
    });
  }

  it('attack: a browser sees nothing without the session that the sign-on began there', async () => {
    const browser = harness.browser();
    await harness.deliver(browser, await harness.respond());
    assert.match(textOf(await look(browser)), /Posts the response/);
    for (const other of [harness.browser(), browser]) {
      // The same browser sees nothing after its session has ended.
      if (other === browser) {
        const { fields } = parsePage(await browser.get(harness.home));
        await browser.post(`${harness.home}/logout`, fields, { site: 'same-origin' });
      }
      const answer = await look(other);
      assert.deepEqual([answer.status, answer.location], [302, harness.home]);
    }
  });

  it('keeps little of what is unsigned around the assertion (attack: filling the database)', async () => {
    const browser = harness.browser();
    const xml = await harness.respond();
    await harness.deliver(browser, xml.replace(/(<\w+:Status>)/, `<!--${'x'.repeat(500_000)}-->$1`));
    const page = await look(browser);
    assert.ok(page.body.length < 100_000, String(page.body.length));
    assert.match(textOf(page), /Size 6\d\d,\d\d\d bytes/);
  });

  it('says how the user signed in only as far as the assertion does, without a session at the portal', async () => {
    const browser = harness.browser();
    await harness.deliver(browser, await harness.respond());
    assert.match(textOf(await look(browser)), /States that you signed in .* AuthnContextClassRef urn:oasis/);
  });

  it('keeps requests in a cookie that browsers keep, however many are open and however long the addresses are', async () => {
    const browser = harness.browser();
    for (let count = 0; count < 7; count++) await browser.get(`${harness.home}/signin`);
    const sizes = [...browser.cookies].map(([name, value]) => name.length + value.length);
    assert.ok(sizes.length === 1 && Math.max(...sizes) < 2048, sizes.join());
  });
});
