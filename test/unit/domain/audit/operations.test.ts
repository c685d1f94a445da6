import assert from 'node:assert/strict';
import { authorize } from '../../../../src/domain/audit/actor.ts';
import { actionOf, OPERATIONS, type Operation } from '../../../../src/domain/audit/operations.ts';
import type { DirectoryId, UserId } from '../../../../src/foundation/platform/ids.ts';

describe('operations', () => {
  it('are requested as AWS names actions', () => {
    assert.equal(actionOf('CreateUser'), 'sso-directory:CreateUser');
    assert.equal(actionOf('StartSSO'), 'sso:StartSSO');
    assert.equal(actionOf('CreateOrganization'), 'organizations:CreateOrganization');
  });

  it('have one of the event sources that the guide names', () => {
    for (const { eventSource } of Object.values(OPERATIONS)) {
      assert.match(eventSource, /^(sso|sso-directory|organizations)\.amazonaws\.com$/);
    }
  });

  it('are all for operators, and a few for users, who change only their own data', () => {
    const [ana, bob] = ['ana' as UserId, 'bob' as UserId];
    const directoryId = 'd-1234567890' as DirectoryId;
    const user = { type: 'user', userId: ana, userName: 'ana', directoryId } as const;
    const own: Operation[] = [];
    // The keys of the table are the operations.
    for (const operation of Object.keys(OPERATIONS) as Operation[]) {
      assert.equal(authorize({ type: 'operator', name: 'control-api' }, actionOf(operation)), true);
      assert.equal(authorize(user, actionOf(operation)), false, operation);
      assert.equal(authorize(user, actionOf(operation), bob), false, operation);
      if (authorize(user, actionOf(operation), ana)) own.push(operation);
    }
    assert.deepEqual(own, [
      'UpdatePassword',
      'VerifyEmail',
      'StartVirtualMfaDeviceRegistration',
      'CompleteVirtualMfaDeviceRegistration',
      'StartWebAuthnDeviceRegistration',
      'CompleteWebAuthnDeviceRegistration',
      'UpdateMfaDeviceForUser',
      'DeleteMfaDeviceForUser',
      'SendPasswordLink',
      'CreateTrustedDevice',
      'DeleteTrustedDevice',
      'BatchDeleteSession',
    ]);
  });
});
