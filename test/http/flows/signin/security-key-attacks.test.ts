import assert from 'node:assert/strict';
import { softwareKey, type SoftwareKey } from '../../../support/mfa/software-key.ts';
import { textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import {
  addKey,
  afterPassword,
  isSignedIn,
  optionsOf,
  organizationWith,
  sendAssertion,
} from '../../../support/mfa/mfa.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

describe('attacks on security keys', () => {
  let server: TestServer;
  afterEach(() => server.stop());

  const atFactor = async () => {
    const browser = server.browser();
    return { browser, page: await afterPassword(browser) };
  };
  const refused = async (browser: Browserless, answer: Answer) => {
    assert.equal(answer.status, 401, textOf(answer));
    assert.ok(!(await isSignedIn(browser)));
  };

  const withKey = async (): Promise<SoftwareKey> => {
    server = await startServer({ organization: organizationWith({ mode: 'always-on' }) });
    const key = softwareKey();
    await addKey(server, key);
    return key;
  };
  const origin = () => server.publicUrl.origin;

  it('an answer works once: neither again in its own sign-in nor in another (replay)', async () => {
    const key = await withKey();
    const { browser, page } = await atFactor();
    const answer = key.get(optionsOf(page), origin());
    const other = await atFactor();
    await refused(other.browser, await sendAssertion(other.browser, other.page, answer));
    assert.equal((await sendAssertion(browser, page, answer)).status, 303);
    const handle = `vestibule-${server.instance.directoryId}-session`;
    browser.cookies.delete(handle);
    await sendAssertion(browser, page, answer);
    assert.ok(!(await isSignedIn(browser)));
  });

  it('an answer to an earlier challenge of the same sign-in is refused: each attempt has a new challenge', async () => {
    const key = await withKey();
    const { browser, page } = await atFactor();
    const answer = key.get(optionsOf(page), origin());
    const wrong = await sendAssertion(browser, page, { no: 'answer' });
    await refused(browser, wrong);
    assert.notEqual(optionsOf(wrong).challenge, optionsOf(page).challenge);
    const late = await sendAssertion(browser, wrong, answer);
    await refused(browser, late);
    await sendAssertion(browser, late, key.get(optionsOf(late), origin()));
    assert.ok(await isSignedIn(browser));
  });

  it('an answer to the challenge of another sign-in is refused (swapped challenge)', async () => {
    const key = await withKey();
    const [mine, theirs] = [await atFactor(), await atFactor()];
    assert.notEqual(optionsOf(mine.page).challenge, optionsOf(theirs.page).challenge);
    const answer = key.get(optionsOf(theirs.page), origin());
    await refused(mine.browser, await sendAssertion(mine.browser, mine.page, answer));
  });

  for (const [title, from, change] of [
    ['from a page of another site (wrong origin)', 'https://evil.example', {}],
    ['from another port', 'http://localhost:1', {}],
    ['for another site (wrong RP ID)', undefined, { rpId: 'evil.example' }],
    ['of a copied key (its counter stands still)', undefined, { signCount: 0 }],
  ] as const) {
    it(`an answer ${title} is refused`, async () => {
      const key = await withKey();
      // A genuine answer first sets the counter that a copied key falls behind.
      const before = await atFactor();
      await sendAssertion(before.browser, before.page, key.get(optionsOf(before.page), origin()));
      assert.ok(await isSignedIn(before.browser));
      const { browser, page } = await atFactor();
      const answer = key.get(optionsOf(page), from ?? origin(), change);
      await refused(browser, await sendAssertion(browser, page, answer));
    });
  }

  it('another user’s key, or an unknown one, is refused', async () => {
    await withKey();
    const theirs = softwareKey();
    await addKey(server, theirs, 'bo@example.com');
    for (const key of [theirs, softwareKey()]) {
      const { browser, page } = await atFactor();
      await refused(browser, await sendAssertion(browser, page, key.get(optionsOf(page), origin())));
    }
  });

  it('anything other than an answer is refused as wrong, and never causes a server error', async () => {
    await withKey();
    for (const assertion of ['x', '{', 'null', '[]', '{"id":1}', '{"__proto__":{}}', 'A'.repeat(30_000)]) {
      const { browser, page } = await atFactor();
      await refused(browser, await browser.submit(page, { assertion }));
    }
  });
});
