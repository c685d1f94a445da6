import assert from 'node:assert/strict';
import type { MfaType } from '../../../../../src/domain/credentials/mfa/device.ts';
import type { Factor } from '../../../../../src/flows/idp/responses/authn-context.ts';
import { decide, isTooWeak, type Present } from '../../../../../src/flows/idp/responses/decide.ts';
import type { PendingRequest } from '../../../../../src/flows/idp/requests/pending-request-store.ts';
import {
  newApplicationId,
  newInstanceId,
  randomIds,
  type SessionId,
} from '../../../../../src/foundation/platform/ids.ts';
import {
  AuthnContextClass as Class,
  StatusCode,
  type AuthnContextComparison,
} from '../../../../../src/protocols/saml/types.ts';

const pending = (asked: Partial<PendingRequest['request']> = {}): PendingRequest => ({
  id: 'p',
  instanceId: newInstanceId(randomIds),
  applicationId: newApplicationId(randomIds),
  request: {
    requestId: '_1',
    acsUrl: 'https://sp.example/acs',
    forceAuthn: false,
    isPassive: false,
    ...asked,
  },
  xml: '',
  relayState: null,
  receivedAt: 1000,
  expiresAt: 2000,
});
const session = (id: string, factors: Factor[] = ['PASSWORD'], usable: MfaType[] = []): Present => ({
  session: { id: id as SessionId, factors: factors.map((type) => ({ type, at: 1 })) },
  usable,
  fixed: null,
});
const nobody: Present = { session: undefined, usable: [], fixed: null };
const signIn = (...demand: MfaType[]) => ({ do: 'sign-in', demand });
const asking = (comparison: AuthnContextComparison, ...classRefs: string[]) => ({
  requestedAuthnContext: { comparison, classRefs },
});
const outcome = (asked: Partial<PendingRequest['request']>, present: Present) => {
  const decision = decide(pending(asked), present);
  if (decision.do === 'answer') return decision.authnContextClassRef;
  return decision.do === 'refuse' ? decision.refusal.status.codes : decision;
};
const answer = { do: 'answer', authnContextClassRef: Class.passwordProtectedTransport };

describe('the decision about a request', () => {
  it('begins a sign-in without a session, and answers with one', () => {
    assert.deepEqual(decide(undefined, nobody), signIn());
    assert.deepEqual(decide(pending(), nobody), signIn());
    assert.deepEqual(decide(pending(), session('any')), answer);
    assert.deepEqual(decide(undefined, session('any')), answer);
  });

  it('requires a session that began after a request with ForceAuthn', () => {
    const forced = (insteadOf?: string | null) =>
      pending({
        forceAuthn: true,
        ...(insteadOf !== undefined && { insteadOf: insteadOf as SessionId | null }),
      });
    assert.deepEqual(decide(forced(), session('old')), signIn());
    assert.deepEqual(decide(forced('old'), session('old')), signIn());
    assert.deepEqual(decide(forced('old'), session('new')), answer);
    assert.deepEqual(decide(forced(null), session('new')), answer);
    assert.deepEqual(decide(forced(null), nobody), signIn());
  });

  it('shows the person no page for IsPassive', () => {
    const codeOf = (decision: ReturnType<typeof decide>) =>
      decision.do === 'refuse' ? decision.refusal.status.codes : decision.do;
    const noPassive = [StatusCode.responder, StatusCode.noPassive];
    assert.deepEqual(codeOf(decide(pending({ isPassive: true }), nobody)), noPassive);
    assert.deepEqual(
      codeOf(decide(pending({ isPassive: true, forceAuthn: true }), session('old'))),
      noPassive,
    );
    assert.equal(codeOf(decide(pending({ isPassive: true }), session('any'))), 'answer');
  });

  const noAuthnContext = [StatusCode.responder, StatusCode.noAuthnContext];
  const noPassive = [StatusCode.responder, StatusCode.noPassive];
  const mfa = asking('exact', Class.refedsMfa);
  const byApp = asking('exact', Class.timeSyncToken);

  it('refuses a context that neither the session nor any device satisfies', () => {
    assert.deepEqual(
      outcome(asking('exact', Class.x509), session('any', ['PASSWORD'], ['TOTP'])),
      noAuthnContext,
    );
    assert.deepEqual(outcome(mfa, session('any')), noAuthnContext);
    assert.deepEqual(outcome(byApp, session('any', ['PASSWORD', 'WEBAUTHN'], ['WEBAUTHN'])), noAuthnContext);
    assert.deepEqual(outcome(mfa, session('any', ['PASSWORD', 'EMAIL_OTP'])), noAuthnContext);
  });

  it('requires a second factor when the person has one that helps, and then one of those that help', () => {
    assert.deepEqual(outcome(mfa, session('any', ['PASSWORD'], ['WEBAUTHN'])), signIn('TOTP', 'WEBAUTHN'));
    assert.deepEqual(
      outcome(byApp, session('any', ['PASSWORD', 'WEBAUTHN'], ['TOTP', 'WEBAUTHN'])),
      signIn('TOTP'),
    );
    assert.equal(outcome(mfa, session('any', ['PASSWORD', 'WEBAUTHN'], ['TOTP'])), Class.refedsMfa);
  });

  it('requires it from the start when nobody is signed in, and no factor when a password is enough', () => {
    assert.deepEqual(outcome(mfa, nobody), signIn('TOTP', 'WEBAUTHN'));
    assert.deepEqual(outcome(asking('minimum', Class.password), nobody), signIn());
    assert.deepEqual(outcome(asking('exact', Class.x509), nobody), signIn(), 'nothing would help');
  });

  it('requires it together with ForceAuthn, and accepts the session that results', () => {
    const forced = { ...mfa, forceAuthn: true, insteadOf: 'old' as SessionId };
    const strong: Factor[] = ['PASSWORD', 'RESYNC_TOTP'];
    assert.deepEqual(outcome(forced, session('old', strong, ['TOTP'])), signIn('TOTP', 'WEBAUTHN'));
    assert.equal(outcome(forced, session('new', strong, ['TOTP'])), Class.refedsMfa);
    assert.deepEqual(
      outcome(forced, session('new', ['PASSWORD'])),
      noAuthnContext,
      'it was taken away meanwhile',
    );
  });

  it('tells a passive request whether a sign-in would help', () => {
    const passive = { ...mfa, isPassive: true };
    assert.deepEqual(outcome(passive, session('any', ['PASSWORD'], ['TOTP'])), noPassive);
    assert.deepEqual(outcome(passive, session('any')), noAuthnContext);
    assert.deepEqual(outcome(passive, nobody), noPassive);
  });

  it('states a fixed class, which doesn’t replace a factor that can be checked', () => {
    const fixed = (uri: string) => ({ ...session('any'), fixed: uri });
    assert.equal(outcome({}, fixed(Class.refedsMfa)), Class.refedsMfa);
    assert.deepEqual(outcome(mfa, fixed(Class.refedsMfa)), noAuthnContext);
    assert.equal(outcome(asking('exact', Class.password), fixed(Class.refedsMfa)), Class.password);
    assert.equal(outcome(asking('exact', 'urn:own'), fixed('urn:own')), 'urn:own');
  });

  it('reads the devices only when a session is too weak', () => {
    assert.ok(!isTooWeak(pending(), session('any')));
    assert.ok(!isTooWeak(pending(mfa), nobody));
    assert.ok(isTooWeak(pending(mfa), session('any')));
    assert.ok(!isTooWeak(pending(mfa), session('any', ['PASSWORD', 'TOTP'])));
  });
});
