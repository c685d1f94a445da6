import assert from 'node:assert/strict';
import { toRecord, type AuditEvent } from '../../../../src/domain/audit/event.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { countingIds } from '../../../support/basics/ids.ts';
import type { DirectoryId } from '../../../../src/foundation/platform/ids.ts';

const origin = { at: START_AT, requestId: 'request', ip: '192.0.2.7', userAgent: 'a browser' };
const place = { managementAccountId: '111122223333', region: 'us-east-1' };
const record = (event: AuditEvent) => toRecord(countingIds(), event, origin, place);
const user = { id: '90670-ana' as never, userName: 'ana', directoryId: 'd-1234567890' };

describe('records', () => {
  it('of a sign-on name the user as the portal’s events do', () => {
    const { userIdentity, eventSource, eventName, eventType, serviceEventDetails, ...rest } = record({
      ...{ name: 'Federate', user },
      details: { application: 'ins-1' },
    });
    assert.deepEqual(userIdentity, {
      type: 'Unknown',
      principalId: 'd-1234567890//90670-ana',
      accountId: '111122223333',
      userName: 'ana',
    });
    assert.deepEqual(
      [eventSource, eventName, eventType, serviceEventDetails],
      ['sso.amazonaws.com', 'Federate', 'AwsServiceEvent', { application: 'ins-1' }],
    );
    assert.equal('errorCode' in rest, false);
  });

  it('of a refused sign-on give the reason, and no user when none is known', () => {
    const failure = { code: 'replay', message: 'It was received before.' };
    const refused = record({ name: 'Federate', user: null, details: {}, failure });
    assert.deepEqual([refused.errorCode, refused.errorMessage], [failure.code, failure.message]);
    assert.deepEqual(
      [refused.userIdentity['principalId'], refused.userIdentity['userName']],
      ['111122223333', ''],
    );
  });

  it('of signing out and of commands name their own source', () => {
    assert.equal(record({ name: 'Logout', user, details: {} }).eventName, 'Logout');
    const command = record({
      ...{ name: 'Command', operation: 'CreateGroup', requestParameters: {}, responseElements: null },
      actor: { type: 'user', userId: user.id, userName: 'ana', directoryId: user.directoryId as DirectoryId },
    });
    assert.deepEqual(
      [command.eventSource, command.eventType, command.userIdentity['principalId']],
      ['sso-directory.amazonaws.com', 'AwsApiCall', `${user.directoryId}//${String(user.id)}`],
    );
  });

  it('have an id each', () => {
    const ids = countingIds();
    const event: AuditEvent = { name: 'Logout', user, details: {} };
    const [one, other] = [toRecord(ids, event, origin, place), toRecord(ids, event, origin, place)];
    assert.notEqual(one.eventID, other.eventID);
  });
});
