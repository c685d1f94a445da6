import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  toRecord,
  type AuditEvent,
  type CredentialType,
  type EventRecord,
} from '../../../../src/domain/audit/event.ts';

interface Examples {
  sequences: Record<string, EventRecord[]>;
}

// The examples in the guide, "Understanding AWS SSO sign-in events"; the file describes how they were normalised.
const examples = JSON.parse(
  readFileSync(new URL('../../../fixtures/events/sign-in-events.json', import.meta.url), 'utf8'),
) as Examples;

/** Our event for an example. */
function eventOf(record: EventRecord): AuditEvent {
  const { additionalEventData: data = {}, serviceEventDetails: details = {}, eventName } = record;
  const types = (data['CredentialType'] ?? '').split(',') as CredentialType[];
  const facts = {
    authWorkflowId: data['AuthWorkflowID'] ?? '',
    userName: String(record.userIdentity['userName']),
    outcome: details[eventName] === 'Success' ? 'Success' : 'Failure',
  } as const;
  const [credentialType = 'PASSWORD'] = types;
  if (eventName === 'UserAuthentication') {
    return {
      ...{ ...facts, name: eventName, credentialTypes: types, loginTo: data['LoginTo'] ?? '' },
      deviceEnrollmentRequired: 'DeviceEnrollmentRequired' in data,
    };
  }
  assert.ok(eventName === 'CredentialChallenge' || eventName === 'CredentialVerification', eventName);
  return { ...facts, name: eventName, credentialType };
}

describe('sign-in events', () => {
  for (const [sequence, records] of Object.entries(examples.sequences)) {
    for (const [index, record] of records.entries()) {
      it(`equal the guide’s, field for field and in its order: ${sequence}, ${index + 1} ${record.eventName}`, () => {
        const origin = {
          at: Date.parse(record.eventTime) + 999,
          requestId: record.requestID,
          ip: record.sourceIPAddress,
          userAgent: record.userAgent,
        };
        const place = { managementAccountId: record.recipientAccountId, region: record.awsRegion };
        const ids = { uuid: () => record.eventID, token: () => '', hex: () => '' };
        const ours = toRecord(ids, eventOf(record), origin, place);
        assert.equal(JSON.stringify(ours, null, 1), JSON.stringify(record, null, 1));
      });
    }
  }
});
