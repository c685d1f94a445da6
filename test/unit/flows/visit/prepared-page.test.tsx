import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DeliveryPage } from '../../../../views/idp/delivery.tsx';
import type { PageContext } from '../../../../views/page-context.tsx';
import { renderPage } from '../../../../src/foundation/http/render.ts';
import { Html, preparedPage } from '../../../../src/flows/visit/prepared-page.ts';

const assets = (name: string) => `/assets/${name}`;

function pageOf(context: Partial<PageContext> = {}): PageContext {
  return { nonce: 'n', assets, instanceName: 'Example Corp', ...context };
}

/** A page, and how often it was rendered. */
function counting() {
  const counted = { renders: 0 };
  const page = preparedPage(
    ['samlResponse', 'relayState'],
    (context, fixed: { applicationName: string; acsUrl: string }, values) => {
      counted.renders++;
      return <DeliveryPage page={context} {...fixed} {...values} />;
    },
  );
  return { counted, page };
}

function textOf(shown: unknown): string {
  assert.ok(shown instanceof Html);
  return shown.text;
}

/**
 * Writes attributes without a value like those with an empty value; quotes in values are escaped, so nothing else
 * changes.
 */
const plain = (html: string) => html.replaceAll('=""', '');

const wiki = { applicationName: 'Wiki', acsUrl: 'https://wiki.example.com/acs' };

describe('a prepared page', () => {
  it('is rendered anew for another brand, colour or logo, and shows no other organization’s', () => {
    const { page } = counting();
    const logoOf = (src: string) => ({ brand: { name: 'Example Corp', logo: { src, width: 9, height: 3 } } });
    const looks = [
      {},
      { brand: { name: 'Example Corp', logo: null } },
      { accentStyle: ':root{--v-accent:#000001}' },
      { accentStyle: ':root{--v-accent:#000002}' },
      logoOf('/a/branding/logo.png'),
      logoOf('/b/branding/logo.png'),
    ].map(pageOf);
    for (const look of [...looks, ...looks]) {
      const rendered = renderPage(<DeliveryPage page={look} {...wiki} samlResponse="" relayState="" />);
      assert.equal(plain(textOf(page(wiki, { samlResponse: '', relayState: '' })(look))), plain(rendered));
    }
  });

  it('equals the rendered page, octet for octet, whatever its values contain', () => {
    const { page } = counting();
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('&', '<', '>', '"', "'", '$', '`', '&amp;', '</script>', 'a') }),
    );
    const given = fc.record({
      fixed: fc.record({ applicationName: text, acsUrl: text }),
      values: fc.record({ samlResponse: text, relayState: text }),
      nonce: text,
    });
    fc.assert(
      fc.property(given, ({ fixed, values, nonce }) => {
        const context = pageOf({ nonce });
        const rendered = renderPage(<DeliveryPage page={context} {...fixed} {...values} />);
        assert.equal(plain(textOf(page(fixed, values)(context))), plain(rendered));
      }),
      { numRuns: 300 },
    );
  });

  it('is rendered once for each variant, in each organization', () => {
    const { counted, page } = counting();
    const values = { samlResponse: 'a', relayState: 'b' };
    page(wiki, values)(pageOf());
    page(wiki, { samlResponse: 'c', relayState: 'd' })(pageOf({ nonce: 'x' }));
    assert.equal(counted.renders, 1);
    page({ ...wiki, applicationName: 'Notes' }, values)(pageOf());
    page(wiki, values)(pageOf({ instanceName: 'Another Corp' }));
    assert.equal(counted.renders, 3);
  });

  it('keeps a limited number of variants', () => {
    const { counted, page } = counting();
    const values = { samlResponse: 'a', relayState: 'b' };
    for (let each = 0; each <= 500; each++)
      page({ ...wiki, applicationName: `App ${each}` }, values)(pageOf());
    page({ ...wiki, applicationName: 'App 500' }, values)(pageOf());
    assert.equal(counted.renders, 501);
    page({ ...wiki, applicationName: 'App 0' }, values)(pageOf());
    assert.equal(counted.renders, 502);
  });

  it('shows the present time of the organization’s clock', () => {
    const { page } = counting();
    const values = { samlResponse: 'a', relayState: 'b' };
    for (const now of ['Tue, 05 May 2026', 'Wed, 06 May 2026']) {
      const context = pageOf({ clockBanner: { now, offsetText: '9 hours ahead' } });
      const shown = page(wiki, values)(context);
      assert.ok(!(shown instanceof Html) && renderPage(shown).includes(now));
    }
  });
});
