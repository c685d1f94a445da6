import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { EventRecord } from '../../../src/domain/audit/event.ts';

/** The examples in the guide, "Understanding AWS SSO sign-in events", by scenario. */
const guideEvents = z
  .object({ sequences: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))) })
  .parse(
    JSON.parse(readFileSync(new URL('../../fixtures/events/sign-in-events.json', import.meta.url), 'utf8')),
  ).sequences;

/**
 * Asserts that these events match the guide's: the same fields in the same order, equal values, and the same ids shared
 * between events.
 */
export function assertGuideEvents(events: EventRecord[], scenario: string): void {
  const expected = guideEvents[scenario] ?? assert.fail(`the guide has no example of ${scenario}`);
  assert.equal(events.length, expected.length);
  assert.deepEqual(events.map(normalise), expected.map(normalise));
  assert.deepEqual(events.map(keysIn), expected.map(keysIn), 'the order of the fields');
  for (const name of ['requestID', 'eventID'])
    assert.deepEqual(sharing(events, name), sharing(expected, name), `${name}s are shared as there`);
  assert.deepEqual(
    sharing(events.map(dataOf), 'AuthWorkflowID'),
    sharing(expected.map(dataOf), 'AuthWorkflowID'),
  );
}

/** Replaces on both sides the values that differ from sign-in to sign-in; everything else must be equal. */
function normalise(record: object): object {
  const copy: Record<string, unknown> = structuredClone({ ...record });
  for (const name of ['eventTime', 'sourceIPAddress', 'userAgent', 'requestID', 'eventID']) {
    assert.equal(typeof copy[name], 'string', name);
    copy[name] = 'normalised';
  }
  assert.match((record as { eventTime: string }).eventTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const identity = copy['userIdentity'] as Record<string, unknown>;
  identity['userName'] = 'normalised';
  const data = dataOf(copy);
  assert.match(
    String(data['AuthWorkflowID']),
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  );
  data['AuthWorkflowID'] = 'normalised';
  if ('LoginTo' in data) {
    assert.match(String(data['LoginTo']), /^https?:\/\/[^/]+\/.*start/);
    data['LoginTo'] = 'normalised';
  }
  return copy;
}

const dataOf = (record: object) =>
  (record as { additionalEventData: Record<string, unknown> }).additionalEventData;

/** The names of all fields in order, including those of nested objects. */
function keysIn(record: object): string[] {
  return Object.entries(record).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? [name, ...keysIn(value).map((key) => `${name}.${key}`)]
      : [name],
  );
}

/** Which records share a value: `[0, 1, 1]` means that the second and third do. */
export function sharing(records: object[], name: string): number[] {
  const values = records.map((record) => (record as Record<string, unknown>)[name]);
  return values.map((value) => values.indexOf(value));
}
