import assert from 'node:assert/strict';
import { authorize } from '../../../src/audit/actor.ts';
import { actionOf, OPERATIONS, type Operation } from '../../../src/audit/operations.ts';

describe('operations', () => {
  it('are asked for as AWS names actions', () => {
    assert.equal(actionOf('CreateUser'), 'sso-directory:CreateUser');
    assert.equal(actionOf('StartSSO'), 'sso:StartSSO');
    assert.equal(actionOf('CreateOrganization'), 'organizations:CreateOrganization');
  });

  it('have one of the event sources that the guide names', () => {
    for (const { eventSource } of Object.values(OPERATIONS)) {
      assert.match(eventSource, /^(sso|sso-directory|organizations)\.amazonaws\.com$/);
    }
  });

  it('are all for operators and none for users', () => {
    const user = { type: 'user', userId: 'x' as never, userName: 'ana' } as const;
    // The keys of the table are the operations.
    for (const operation of Object.keys(OPERATIONS) as Operation[]) {
      assert.equal(authorize({ type: 'operator', name: 'control-api' }, actionOf(operation)), true);
      assert.equal(authorize(user, actionOf(operation)), false);
    }
  });
});
