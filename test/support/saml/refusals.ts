import assert from 'node:assert/strict';
import { textOf, type Answer } from '../servers/browserless.ts';
import type { TestServer } from '../servers/server.ts';
import { countRows, grown } from './single-sign-on.ts';

/** The page that an invalid request gets. */
export interface ExpectedRefusal {
  /** 400 when absent. */
  status?: number;
  /** What the page says is wrong. */
  says: RegExp;
  /** `reason` in the event; null: there is no application whose event it could be. */
  reason: string | null;
}

/**
 * Sends an invalid request and asserts that the person gets a clear page, that exactly one event tells of it, and that no
 * other row was written: no request saved, no ID taken, no sign-in, no session, no exchange.
 */
export async function assertRefused(
  server: TestServer,
  send: () => Promise<Answer>,
  { status = 400, says, reason }: ExpectedRefusal,
): Promise<Answer> {
  const before = await countRows(server);
  const page = await send();
  const text = textOf(page);
  assert.equal(page.status, status, text.slice(0, 400));
  assert.match(text, says);
  assert.match(text, /Request id/, 'a number to quote');
  assert.doesNotMatch(page.body, /SAMLResponse|<form[^>]*data-deliver/);
  assert.equal(page.location, undefined);
  assert.deepEqual(page.setCookies, []);
  assert.deepEqual(grown(before, await countRows(server)), reason === null ? {} : { events: 1 });
  if (reason !== null) {
    const event = (await server.events()).at(-1);
    assert.ok(event);
    assert.equal(event.eventName, 'Federate');
    assert.equal(event.errorCode, 'SamlRequestRefused');
    assert.equal(event.serviceEventDetails?.['reason'], reason);
    assert.ok((event.errorMessage ?? '').length > 0);
  }
  return page;
}
