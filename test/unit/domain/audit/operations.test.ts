import assert from 'node:assert/strict';
import {
  authorize,
  type Actor,
  type Administrator,
  type OperationTarget,
} from '../../../../src/domain/audit/actor.ts';
import { actionOf, OPERATIONS, type Operation } from '../../../../src/domain/audit/operations.ts';
import type { DirectoryId, OrganizationId, UserId } from '../../../../src/foundation/platform/ids.ts';

const ANA = 'ana' as UserId;
const directoryId = 'd-1234567890' as DirectoryId;
const organizationId = 'o-mine' as OrganizationId;
// The keys of the table are the operations.
const ALL = Object.keys(OPERATIONS) as Operation[];

const administrator: Administrator = {
  ...{ type: 'administrator', userId: ANA, userName: 'ana', directoryId, organizationId },
  ...{ accountId: '111122223333', access: 'full', signedInAt: 0, withMfa: false },
};

const verdict = (actor: Actor, operation: Operation, target: Partial<OperationTarget> = {}) =>
  authorize(actor, operation, { organizationId, ...target });
const may = (...asked: Parameters<typeof verdict>) => verdict(...asked).ok;

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
    const user = { type: 'user', userId: ANA, userName: 'ana', directoryId } as const;
    const own: Operation[] = [];
    for (const operation of ALL) {
      assert.ok(may({ type: 'operator', name: 'control-api' }, operation));
      assert.ok(!may(user, operation), operation);
      assert.ok(!may(user, operation, { owner: 'bob' as UserId }), operation);
      if (may(user, operation, { owner: ANA })) own.push(operation);
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

  it('are for administrators with full access, except those about the whole server', () => {
    const refused = ALL.filter((operation) => !may(administrator, operation));
    assert.deepEqual(refused, ['CreateOrganization', 'DeleteOrganization', 'ResetOrganization', 'StartSSO']);
    assert.deepEqual(verdict(administrator, 'ResetOrganization'), {
      ok: false,
      message:
        'You are not allowed to organizations:ResetOrganization: only an operator of the server empties organizations.',
    });
  });

  it('are for no administrator in another organization, who may know its ids', () => {
    const organizationId = 'o-theirs' as OrganizationId;
    for (const operation of ALL) assert.ok(!may(administrator, operation, { organizationId }), operation);
  });

  it('are for nobody with read-only access, be it to grant more or to change own records', () => {
    const reader = { ...administrator, access: 'read-only' } as const;
    for (const operation of ALL) {
      assert.ok(!may(reader, operation), operation);
      assert.ok(!may(reader, operation, { owner: ANA }), operation);
    }
    assert.deepEqual(verdict(reader, 'PutConsoleAccess'), {
      ok: false,
      message: 'You are not allowed to sso:PutConsoleAccess: your access is read-only.',
    });
  });
});
