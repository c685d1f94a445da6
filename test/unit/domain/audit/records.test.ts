import assert from 'node:assert/strict';
import type { Actor, Administrator } from '../../../../src/domain/audit/actor.ts';
import { toRecord, type AuditEvent } from '../../../../src/domain/audit/event.ts';
import { toRow } from '../../../../src/domain/audit/store.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { countingIds } from '../../../support/basics/ids.ts';
import type { DirectoryId, OrganizationId } from '../../../../src/foundation/platform/ids.ts';

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

  it('of a session’s two ends and of commands name their own source', () => {
    for (const name of ['Authenticate', 'Logout'] as const) {
      const { eventName, userIdentity, eventType } = record({ name, user, details: {} });
      assert.deepEqual([eventName, userIdentity['userName'], eventType], [name, 'ana', 'AwsServiceEvent']);
    }
    const command = record({
      ...{ name: 'Command', operation: 'CreateGroup', requestParameters: {}, responseElements: null },
      actor: { type: 'user', userId: user.id, userName: 'ana', directoryId: user.directoryId as DirectoryId },
    });
    assert.deepEqual(
      [command.eventSource, command.eventType, command.userIdentity['principalId']],
      ['sso-directory.amazonaws.com', 'AwsApiCall', `${user.directoryId}//${String(user.id)}`],
    );
  });

  const administrator: Administrator = {
    ...{
      type: 'administrator',
      userId: user.id,
      userName: 'ana',
      directoryId: user.directoryId as DirectoryId,
    },
    ...{ organizationId: 'o-1' as OrganizationId, accountId: '111122223333', access: 'full' },
    ...{ signedInAt: START_AT, withMfa: true },
  };
  const identityOf = (actor: Actor) =>
    record({
      ...{ name: 'Command', operation: 'CreateGroup', requestParameters: {}, responseElements: null },
      actor,
    }).userIdentity;

  it('of an administrator’s commands name a role of the management account and the user’s session in it', () => {
    const identity = identityOf(administrator);
    const [roleId = '', session] = String(identity['principalId']).split(':');
    assert.match(roleId, /^AROA[A-Z2-7]{17}$/);
    assert.equal(session, 'ana');
    const roleName = 'AWSReservedSSO_AdministratorAccess_4c1cfdcf7b3bc2f3';
    assert.deepEqual(identity, {
      type: 'AssumedRole',
      principalId: `${roleId}:ana`,
      arn: `arn:aws:sts::111122223333:assumed-role/${roleName}/ana`,
      accountId: '111122223333',
      accessKeyId: '',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: roleId,
          arn: `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/${roleName}`,
          accountId: '111122223333',
          userName: roleName,
        },
        webIdFederationData: {},
        attributes: { mfaAuthenticated: 'true', creationDate: '2026-01-15T12:00:00Z' },
      },
    });
  });

  it('of an administrator’s refused commands name another role when the access is read-only', () => {
    const { arn } = identityOf({ ...administrator, access: 'read-only' });
    assert.match(String(arn), /assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/ana$/);
  });

  it('of an administrator are listed under the user’s name, as CloudTrail lists those of a role session', () => {
    const event: AuditEvent = { name: 'Logout', user, details: {} };
    const row = toRow('o-1' as OrganizationId, START_AT, 1, {
      ...record(event),
      userIdentity: identityOf(administrator),
    });
    assert.equal(row.userName, 'ana');
  });

  it('have an id each', () => {
    const ids = countingIds();
    const event: AuditEvent = { name: 'Logout', user, details: {} };
    const [one, other] = [toRecord(ids, event, origin, place), toRecord(ids, event, origin, place)];
    assert.notEqual(one.eventID, other.eventID);
  });
});
