import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { inConformance, sampled } from '../support/basics/depth.ts';
import { inBrowser } from '../support/browser/browser.ts';
import { BROWSER_ORGANIZATION, goBackTo, goOn, sees, signInAt } from '../support/browser/organization.ts';
import {
  FOREIGN_SITES,
  startForeignServiceProvider,
  type ForeignServiceProvider,
} from '../support/browser/foreign-service-provider.ts';
import { API_TOKEN, startServer, type TestServer } from '../support/servers/server.ts';

describe('a service provider on another site, whose product is on a third site', () => {
  const browser = inBrowser(FOREIGN_SITES);
  let server: TestServer;
  let foreign: ForeignServiceProvider;
  let ssoUrl = '';

  before(async () => {
    [server, foreign] = await Promise.all([
      // The browser finds these sites, whose names are reserved.
      startServer({
        organization: BROWSER_ORGANIZATION.replace('settings:', 'settings:\n  reservedNames: send'),
      }),
      startForeignServiceProvider(),
    ]);
    ssoUrl = await register(server, foreign);
  });
  after(() => Promise.all([server.stop(), foreign.stop()]));
  beforeEach(() => {
    foreign.arrivals.length = 0;
    foreign.redirectStatus = 303;
  });

  const portal = () => new URL('/demo/start', server.publicUrl).href;
  const signInFirst = async (page: Page) => {
    await page.goto(portal());
    await signInAt(page, 'ana@example.com');
    await sees(page, 'Applications');
  };
  /** Checks that the browser is at the product and signed in at the service provider, and that the response came from us. */
  const arrives = async (page: Page, relayState: string) => {
    await sees(page, 'Welcome, ana@example.com');
    assert.equal(new URL(page.url()).origin, foreign.appOrigin);
    await page.getByText(`RelayState: ${relayState}`, { exact: true }).waitFor();
    assert.equal(foreign.arrivals.length, 1);
    assert.equal(foreign.arrivals[0]?.origin, server.publicUrl.origin);
    assert.equal(
      foreign.arrivals[0].cookies,
      '',
      'no Lax cookie comes with a POST from another site: the rule is met',
    );
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByText('Signed in: ana@example.com').waitFor();
  };

  for (const scripts of [true, false]) {
    for (const binding of ['redirect', 'POST'] as const) {
      for (const before of ['not signed in yet', 'signed in already'] as const) {
        // The way without scripts is the same; the other four cases settle the question of cookies.
        if (!scripts && before === 'signed in already') continue;
        const isInSample =
          binding === 'redirect'
            ? scripts && before === 'not signed in yet'
            : scripts === (before === 'signed in already');
        browser.it(
          sampled(
            isInSample,
            `begins there by ${binding}, ${before}, ${scripts ? 'with' : 'without'} scripts`,
          ),
          async ({ page }) => {
            if (before === 'signed in already') await signInFirst(page);
            await page.goto(foreign.origin);
            const brought = binding === 'POST' ? cookiesOfPost(page, ssoUrl) : 'no form';
            await page.getByRole('link', { name: `Sign in by ${binding}` }).click();
            if (binding === 'POST') await goOn(page, 'Go on to the identity provider', scripts);
            if (before === 'not signed in yet') {
              await page.getByText('to continue to Foreign').waitFor();
              await signInAt(page, 'ana@example.com');
            }
            await goOn(page, 'Continue to Foreign', scripts);
            await arrives(page, foreign.relayState);
            if (binding === 'POST')
              assert.equal(await brought, 'none', 'our cookies did not come with the form');
          },
          { javaScriptEnabled: scripts },
        );
      }
    }
  }

  browser.it(inConformance('may open the sign-in in a popup, which stays its own'), async ({ page }) => {
    await page.goto(foreign.origin);
    const opening = page.waitForEvent('popup');
    await page.evaluate(() => {
      Object.assign(window, { popup: window.open('/login?binding=redirect', 'sso', 'width=600,height=700') });
    });
    const popup = await opening;
    const isLost = () => page.evaluate(() => (window as unknown as { popup: Window }).popup.closed); // set above
    await popup.getByText('to continue to Foreign').waitFor();
    assert.equal(await isLost(), false, 'at the sign-in');
    await signInAt(popup, 'ana@example.com');
    await arrives(popup, foreign.relayState);
    assert.equal(await isLost(), false, 'back at the service provider');
    assert.equal(await popup.evaluate(() => window.opener !== null), true);
    // For comparison: a page that is not on that way can't be watched by the page that opened it.
    await popup.goto(portal());
    await page.waitForFunction(() => (window as unknown as { popup: Window }).popup.closed); // set above
  });

  browser.it(inConformance('opens from the portal’s tile'), async ({ page, context }) => {
    await signInFirst(page);
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: /^Foreign/ }).click();
    await arrives(await opened, 'none');
  });

  browser.it(
    inConformance('opens from our single sign-on address after a sign-in, and redirects with 302'),
    async ({ page }) => {
      foreign.redirectStatus = 302;
      await page.goto(ssoUrl);
      await signInAt(page, 'ana@example.com');
      await arrives(page, 'none');
    },
  );

  browser.it(inConformance('isn’t signed in to by going back'), async ({ page }) => {
    await signInFirst(page);
    await page.goto(foreign.origin);
    await page.getByRole('link', { name: 'Sign in by redirect' }).click();
    await sees(page, 'Welcome, ana@example.com');
    await goBackTo(page, 'The service provider');
    assert.equal(foreign.arrivals.length, 1);
  });
});

/** The cookies of the next form that is posted to this address. */
async function cookiesOfPost(page: Page, url: string): Promise<string> {
  const request = await page.waitForRequest((each) => each.method() === 'POST' && each.url() === url);
  return (await request.allHeaders())['cookie'] ?? 'none';
}

/** Exchanges the metadata of the two, as their administrators would. Returns our single sign-on address. */
async function register(server: TestServer, foreign: ForeignServiceProvider): Promise<string> {
  const call = async (method: string, path: string, body: object) => {
    const response = await fetch(new URL(`/api/v1/organizations/default/${path}`, server.publicUrl), {
      method,
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    return (await response.json()) as { ssoUrl: string; entityId: string; certificateUrl: string }; // of an application
  };
  const application = await call('POST', 'applications', {
    key: 'foreign',
    displayName: 'Foreign',
    serviceProvider: { metadataXml: foreign.metadataXml },
  });
  await call('PUT', 'applications/foreign/assignments', { users: ['ana@example.com'], groups: [] });
  const certificatePem = await (await fetch(application.certificateUrl)).text();
  foreign.trust({ ...application, certificatePem });
  return application.ssoUrl;
}
