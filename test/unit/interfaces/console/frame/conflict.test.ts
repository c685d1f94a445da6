import assert from 'node:assert/strict';
import type { EventRecord } from '../../../../../src/domain/audit/event.ts';
import { lastChangeAmong } from '../../../../../src/interfaces/console/frame/conflict.ts';

const EVENT = { eventTime: '2030-01-31T09:00:00Z', userIdentity: { type: 'AssumedRole', userName: 'ana' } };
const event = (
  eventName: string,
  requestParameters: Record<string, unknown>,
  more: { userName?: string; errorCode?: string } = {},
) =>
  ({
    ...{ ...EVENT, eventName, requestParameters, errorCode: more.errorCode },
    userIdentity: { type: 'AssumedRole', userName: more.userName ?? 'somebody else' },
  }) as unknown as EventRecord; // what a conflict looks at

describe('who changed a record last', () => {
  const changedBy = [{ operations: ['UpdateUser', 'DisableUser'], parameter: 'userId', id: 'u-1' }] as const;
  const lastOf = (...events: EventRecord[]) => lastChangeAmong(events, changedBy).by;
  const change = event('UpdateUser', { userId: 'u-1' }, { userName: 'ana' });

  it('is whoever asked for the newest operation on this record', () => {
    const { by, when } = lastChangeAmong([change, event('UpdateUser', { userId: 'u-1' })], changedBy);
    assert.equal(by, 'ana');
    assert.match(when, /2030/);
  });

  for (const [what, other] of Object.entries({
    'changed another record and only mentions this one': event('UpdateUser', {
      ...{ userId: 'u-2', displayName: 'u-1' },
    }),
    'did something else with it': event('AddMemberToGroup', { userId: 'u-1', groupId: 'g-1' }),
    'was refused': event('UpdateUser', { userId: 'u-1' }, { errorCode: 'ConflictException' }),
  })) {
    it(`isn’t whoever ${what}`, () => {
      assert.equal(lastOf(other, change), 'ana');
      assert.equal(lastOf(other), 'Somebody');
    });
  }
});
