import assert from 'node:assert/strict';
import { chooseAuthnContext } from '../../../src/idp/authn-context.ts';
import { decide } from '../../../src/idp/decide.ts';
import type { PendingRequest } from '../../../src/idp/pending-requests.ts';
import { newApplicationId, newInstanceId, randomIds, type SessionId } from '../../../src/platform/ids.ts';
import { AuthnContextClass as Class, StatusCode } from '../../../src/saml/types.ts';

const pending = (asked: Partial<PendingRequest['asked']> = {}): PendingRequest => ({
  id: 'p',
  instanceId: newInstanceId(randomIds),
  applicationId: newApplicationId(randomIds),
  asked: { requestId: '_1', acsUrl: 'https://sp.example/acs', forceAuthn: false, isPassive: false, ...asked },
  xml: '',
  relayState: null,
  receivedAt: 1000,
  expiresAt: 2000,
});
const session = (id: string) => ({ id: id as SessionId });
const answer = { do: 'answer', authnContextClassRef: Class.passwordProtectedTransport };

describe('what is done with a request', () => {
  it('begins a sign-in without a session, and answers with one', () => {
    assert.deepEqual(decide(undefined, undefined), { do: 'sign-in' });
    assert.deepEqual(decide(pending(), undefined), { do: 'sign-in' });
    assert.deepEqual(decide(pending(), session('any')), answer);
    assert.deepEqual(decide(undefined, session('any')), answer);
  });

  it('wants another session than the one that was there when ForceAuthn was asked for', () => {
    const forced = (insteadOf?: string | null) =>
      pending({
        forceAuthn: true,
        ...(insteadOf !== undefined && { insteadOf: insteadOf as SessionId | null }),
      });
    assert.deepEqual(decide(forced(), session('old')), { do: 'sign-in' });
    assert.deepEqual(decide(forced('old'), session('old')), { do: 'sign-in' });
    assert.deepEqual(decide(forced('old'), session('new')), answer);
    assert.deepEqual(decide(forced(null), session('new')), answer);
    assert.deepEqual(decide(forced(null), undefined), { do: 'sign-in' });
  });

  it('asks the person nothing for IsPassive', () => {
    const codeOf = (decision: ReturnType<typeof decide>) =>
      decision.do === 'refuse' ? decision.refusal.status.codes : decision.do;
    const noPassive = [StatusCode.responder, StatusCode.noPassive];
    assert.deepEqual(codeOf(decide(pending({ isPassive: true }), undefined)), noPassive);
    assert.deepEqual(
      codeOf(decide(pending({ isPassive: true, forceAuthn: true }), session('old'))),
      noPassive,
    );
    assert.equal(codeOf(decide(pending({ isPassive: true }), session('any'))), 'answer');
  });

  it('refuses a context that a password does not meet', () => {
    const context = { comparison: 'exact', classRefs: [Class.x509] } as const;
    assert.equal(decide(pending({ requestedAuthnContext: context }), session('any')).do, 'refuse');
  });
});

describe('the authentication context of a password', () => {
  const table: [Parameters<typeof chooseAuthnContext>[0], string | undefined][] = [
    [undefined, Class.passwordProtectedTransport],
    [{ comparison: 'exact', classRefs: [] }, Class.passwordProtectedTransport],
    [{ comparison: 'exact', classRefs: [Class.x509, Class.password] }, Class.password],
    [{ comparison: 'exact', classRefs: [Class.timeSyncToken] }, undefined],
    [{ comparison: 'minimum', classRefs: [Class.password] }, Class.passwordProtectedTransport],
    [{ comparison: 'minimum', classRefs: [Class.x509] }, undefined],
    [{ comparison: 'better', classRefs: [Class.password] }, Class.passwordProtectedTransport],
    [{ comparison: 'better', classRefs: [Class.passwordProtectedTransport] }, undefined],
    [{ comparison: 'better', classRefs: [Class.password, Class.x509] }, undefined],
    [{ comparison: 'maximum', classRefs: [Class.password] }, Class.password],
    [{ comparison: 'maximum', classRefs: [Class.x509] }, undefined],
  ];
  for (const [requested, expected] of table) {
    it(`${requested ? `${requested.comparison} ${requested.classRefs.map((ref) => ref.split(':').at(-1)).join(', ')}` : 'no wish'} → ${expected?.split(':').at(-1) ?? 'none'}`, () => {
      assert.equal(chooseAuthnContext(requested), expected);
    });
  }
});
