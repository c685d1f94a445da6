import type { MfaType } from '../../../domain/credentials/mfa/device.ts';
import type { Session } from '../../../domain/sessions/session.ts';
import { StatusCode } from '../../../protocols/saml/types.ts';
import { chooseAuthnContext, factorsThatHelp } from './authn-context.ts';
import type { Asked, PendingRequest } from '../requests/pending-request-store.ts';
import { refuseToServiceProvider, type StatusRefusal } from '../requests/refusal.ts';

/** What to do with a request, given who is here. */
export type Decision =
  /** `demand`: whoever has a device of one of these types has to use it, whatever is trusted. */
  | { do: 'sign-in'; demand: readonly MfaType[] }
  | { do: 'refuse'; refusal: StatusRefusal }
  | { do: 'answer'; authnContextClassRef: string };

/** Who is here, and with what. */
export interface Present {
  session: Pick<Session, 'id' | 'factors'> | undefined;
  /** Types of devices that the person has and the settings let be used; only looked at when the session is too weak. */
  usable: readonly MfaType[];
  /** The class that the application's settings name. */
  fixed: string | null;
}

/**
 * Whether the session is good enough for the request: ForceAuthn wants one that came of a sign-in after it was asked for,
 * IsPassive forbids asking the person anything, RequestedAuthnContext names how strong it must be (saml-core-2.0
 * §3.4.1). One that is too weak is replaced by a sign-in with a second factor, if the person has one that helps: such a sign-in
 * isn't done without it, so that this is decided once. Pure.
 */
export function decide(pending: PendingRequest | undefined, present: Present): Decision {
  const { session, usable, fixed } = present;
  const asked = pending?.asked;
  if (!session || (asked?.forceAuthn && !isNew(session, asked))) {
    return signIn(asked, fixed, 'The person would have to sign in first.');
  }
  const stated = stateFor(asked, session, fixed);
  if (stated !== undefined) return { do: 'answer', authnContextClassRef: stated };
  const helping = factorsThatHelp(asked?.requestedAuthnContext, fixed);
  if (usable.some((type) => helping.includes(type))) {
    return signIn(asked, fixed, 'The person would have to sign in with a second factor.');
  }
  const message = `The requested authentication context is not available: ${describe(asked)}.`;
  return refuse('authn-context', message, StatusCode.noAuthnContext);
}

/** Whether it matters which devices the person has: nothing is read for it otherwise. */
export function isTooWeak(pending: PendingRequest | undefined, { session, fixed }: Present): boolean {
  return session !== undefined && stateFor(pending?.asked, session, fixed) === undefined;
}

function stateFor(
  asked: Asked | undefined,
  { factors }: Pick<Session, 'factors'>,
  fixed: string | null,
): string | undefined {
  return chooseAuthnContext(asked?.requestedAuthnContext, {
    factors: factors.map(({ type }) => type),
    fixed,
  });
}

/** Whatever a password alone doesn't meet is asked for at once: nobody signs in twice for it. */
function signIn(asked: Asked | undefined, fixed: string | null, whyNotPassive: string): Decision {
  if (asked?.isPassive) return refuse('no-passive', whyNotPassive, StatusCode.noPassive);
  const byPassword = chooseAuthnContext(asked?.requestedAuthnContext, { factors: ['PASSWORD'], fixed });
  const demand = byPassword === undefined ? factorsThatHelp(asked?.requestedAuthnContext, fixed) : [];
  return { do: 'sign-in', demand };
}

function isNew(session: Pick<Session, 'id'>, { insteadOf }: Asked): boolean {
  return insteadOf !== undefined && session.id !== insteadOf;
}

function describe(asked: Asked | undefined): string {
  const { comparison = 'exact', classRefs = [] } = asked?.requestedAuthnContext ?? {};
  return classRefs.length === 0 ? 'it names no class' : `${comparison} ${classRefs.join(', ')}`;
}

function refuse(reason: string, message: string, code: string): Decision {
  return { do: 'refuse', refusal: refuseToServiceProvider(reason, message, StatusCode.responder, code) };
}
