import type { MfaType } from '../../../domain/credentials/mfa/device.ts';
import type { Session } from '../../../domain/sessions/session.ts';
import { hashToken } from '../../../foundation/platform/crypto.ts';
import { StatusCode } from '../../../protocols/saml/types.ts';
import { chooseAuthnContext, factorsThatHelp } from './authn-context.ts';
import {
  SAML_CONTINUATION,
  type RequestFacts,
  type PendingRequest,
} from '../requests/pending-request-store.ts';
import { refuseToServiceProvider, type StatusRefusal } from '../requests/refusal.ts';

/** What to do with a request. */
export type Decision =
  /** `demand`: a user who has a device of one of these types must use it, even in a trusted browser. */
  | { do: 'sign-in'; demand: readonly MfaType[] }
  | { do: 'refuse'; refusal: StatusRefusal }
  | { do: 'answer'; authnContextClassRef: string };

/** The user's session and devices, as far as they matter. */
export interface Present {
  session: Pick<Session, 'startedBy' | 'factors'> | undefined;
  /** The types of devices that the user has and the settings allow. Only set if the session is too weak. */
  usable: readonly MfaType[];
  /** The class in the application's settings. */
  fixed: string | null;
}

/**
 * Decides whether a session is sufficient for a request (saml-core-2.0 §3.4.1): ForceAuthn demands the sign-in that was
 * begun for this very request, IsPassive forbids any interaction, and RequestedAuthnContext demands a strength. A
 * session that is too weak leads to a sign-in with a second factor, if the user has a suitable one; that sign-in can't
 * be completed without it, so it happens only once. Pure.
 */
export function decide(pending: PendingRequest | undefined, present: Present): Decision {
  const { session, usable, fixed } = present;
  const request = pending?.request;
  if (!session || (pending?.request.forceAuthn && !isSignInFor(session, pending))) {
    return signIn(request, fixed, 'The user would have to sign in first.');
  }
  const stated = stateFor(request, session, fixed);
  if (stated !== undefined) return { do: 'answer', authnContextClassRef: stated };
  const helping = factorsThatHelp(request?.requestedAuthnContext, fixed);
  if (usable.some((type) => helping.includes(type))) {
    return signIn(request, fixed, 'The user would have to sign in with a second factor.');
  }
  const message = `The requested authentication context is not available: ${describe(request)}.`;
  return refuse('authn-context', message, StatusCode.noAuthnContext);
}

/** Whether the session is too weak, so that the user's devices must be read. */
export function isTooWeak(pending: PendingRequest | undefined, { session, fixed }: Present): boolean {
  return session !== undefined && stateFor(pending?.request, session, fixed) === undefined;
}

function stateFor(
  request: RequestFacts | undefined,
  { factors }: Pick<Session, 'factors'>,
  fixed: string | null,
): string | undefined {
  return chooseAuthnContext(request?.requestedAuthnContext, {
    factors: factors.map(({ type }) => type),
    fixed,
  });
}

/**
 * Demands the second factor at once, if a password alone isn't sufficient, so that the user doesn't sign in
 * twice.
 */
function signIn(request: RequestFacts | undefined, fixed: string | null, whyNotPassive: string): Decision {
  if (request?.isPassive) return refuse('no-passive', whyNotPassive, StatusCode.noPassive);
  const byPassword = chooseAuthnContext(request?.requestedAuthnContext, { factors: ['PASSWORD'], fixed });
  const demand = byPassword === undefined ? factorsThatHelp(request?.requestedAuthnContext, fixed) : [];
  return { do: 'sign-in', demand };
}

/**
 * Whether the session is the result of the sign-in for this request. Neither the session's age nor a note in the
 * request would do: the organization's clock can be moved, and another browser could change the note.
 */
function isSignInFor({ startedBy }: Pick<Session, 'startedBy'>, { token }: PendingRequest): boolean {
  return startedBy?.kind === SAML_CONTINUATION && startedBy.refHash === hashToken(token);
}

function describe(request: RequestFacts | undefined): string {
  const { comparison = 'exact', classRefs = [] } = request?.requestedAuthnContext ?? {};
  return classRefs.length === 0 ? 'it names no class' : `${comparison} ${classRefs.join(', ')}`;
}

function refuse(reason: string, message: string, code: string): Decision {
  return { do: 'refuse', refusal: refuseToServiceProvider(reason, message, StatusCode.responder, code) };
}
