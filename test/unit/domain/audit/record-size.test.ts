import assert from 'node:assert/strict';
import { toRecord, type AuditEvent, type EventRecord } from '../../../../src/domain/audit/event.ts';
import { MAX_RECORD_BYTES, writeRecord } from '../../../../src/domain/audit/record-size.ts';
import { randomIds } from '../../../../src/foundation/platform/ids.ts';

const origin = { at: 0, requestId: 'r', ip: '192.0.2.1', userAgent: 'x'.repeat(512) };
const place = { managementAccountId: '111122223333', region: 'us-east-1' };
const written = (event: AuditEvent): EventRecord => {
  const json = writeRecord(toRecord(randomIds, event, origin, place));
  assert.ok(Buffer.byteLength(json) <= MAX_RECORD_BYTES, `${Buffer.byteLength(json)} octets`);
  return JSON.parse(json) as EventRecord; // written by the line above
};
const command = (requestParameters: Record<string, unknown>): AuditEvent => ({
  ...{ name: 'Command', operation: 'CreateUser', actor: { type: 'operator', name: 'library' } },
  ...{ requestParameters, responseElements: null },
});

describe('the size of an event’s record', () => {
  it('is limited: an errorMessage has at most 1,024 characters', () => {
    const failed = (message: string): AuditEvent => ({
      ...{ name: 'Federate', user: null, details: {} },
      failure: { code: 'SamlRequestRefused', message },
    });
    assert.equal(written(failed('a'.repeat(1024))).errorMessage, 'a'.repeat(1024));
    assert.equal(written(failed('a'.repeat(1025))).errorMessage, `${'a'.repeat(1023)}…`);
    assert.equal(written(failed('\u{1F600}'.repeat(100_000))).errorMessage, `${'\u{1F600}'.repeat(1023)}…`);
  });

  it('is limited: parameters that are too large are left out, and what else there is to say stays', () => {
    const empty = Buffer.byteLength(JSON.stringify(written(command({ a: '' }))));
    const longest = 'a'.repeat(MAX_RECORD_BYTES - empty);
    assert.deepEqual(written(command({ a: longest })).requestParameters, { a: longest });
    const event = written(command({ a: `${longest}a` }));
    assert.deepEqual(event.requestParameters, { omitted: 'Too large for an event.' });
    assert.deepEqual([event.responseElements, event.eventName], [null, 'CreateUser']);
  });
});
