import assert from 'node:assert/strict';
import type { MfaType } from '../../../../../src/domain/credentials/mfa/device.ts';
import type { Session } from '../../../../../src/domain/sessions/session.ts';
import type { Factor } from '../../../../../src/flows/idp/responses/authn-context.ts';
import { decide, isTooWeak, type Present } from '../../../../../src/flows/idp/responses/decide.ts';
import { hashToken } from '../../../../../src/foundation/platform/crypto.ts';
import type { PendingRequest } from '../../../../../src/flows/idp/requests/pending-request-store.ts';
import { newApplicationId, newInstanceId, randomIds } from '../../../../../src/foundation/platform/ids.ts';
import {
  AuthnContextClass as Class,
  StatusCode,
  type AuthnContextComparison,
} from '../../../../../src/protocols/saml/types.ts';

const pending = (asked: Partial<PendingRequest['request']> = {}): PendingRequest => ({
  token: 'p',
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
  claimedBy: null,
});
/** A session whose sign-in was begun for the request with this id. */
const session = (ref: string, factors: Factor[] = ['PASSWORD'], usable: MfaType[] = []): Present => ({
  session: {
    startedBy: { kind: 'saml', refHash: hashToken(ref) },
    factors: factors.map((type) => ({ type, at: 1 })),
  },
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

  it('requires the sign-in that was begun for a request with ForceAuthn', () => {
    const forced = pending({ forceAuthn: true });
    const startedBy = (by: Session['startedBy']): Present => ({
      ...nobody,
      session: { startedBy: by, factors: [{ type: 'PASSWORD', at: 1 }] },
    });
    assert.deepEqual(decide(forced, nobody), signIn());
    assert.deepEqual(decide(forced, session('another request')), signIn());
    assert.deepEqual(decide(forced, startedBy({ kind: 'application', refHash: hashToken('p') })), signIn());
    assert.deepEqual(decide(forced, startedBy(null)), signIn(), 'without pages, or in an earlier release');
    assert.deepEqual(decide(forced, session('p')), answer);
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
    const forced = { ...mfa, forceAuthn: true };
    const strong: Factor[] = ['PASSWORD', 'RESYNC_TOTP'];
    assert.deepEqual(outcome(forced, session('old', strong, ['TOTP'])), signIn('TOTP', 'WEBAUTHN'));
    assert.equal(outcome(forced, session('p', strong, ['TOTP'])), Class.refedsMfa);
    assert.deepEqual(
      outcome(forced, session('p', ['PASSWORD'])),
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
