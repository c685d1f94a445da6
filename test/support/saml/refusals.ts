import assert from 'node:assert/strict';
import { textOf, type Answer } from '../servers/browserless.ts';
import type { TestServer } from '../servers/server.ts';
import { countRows, grown } from './single-sign-on.ts';

/** The page that answers an invalid request. */
export interface ExpectedRefusal {
  /** Absent: 400. */
  status?: number;
  /** Matches the explanation on the page. */
  says: RegExp;
  /** The `reason` in the event. Null: no event, because no application is known. */
  reason: string | null;
}

/**
 * Sends an invalid request and asserts that the person gets a page that explains it, that exactly one event records it,
 * and that no other row was written: no saved request, used ID, sign-in, session or exchange.
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
