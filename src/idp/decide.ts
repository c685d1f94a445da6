import type { Session } from '../sessions/session.ts';
import { StatusCode } from '../saml/types.ts';
import { chooseAuthnContext } from './authn-context.ts';
import type { Asked, PendingRequest } from './pending-requests.ts';
import { refuseToServiceProvider, type StatusRefusal } from './refusal.ts';

/** What to do with a request, given who is here. */
export type Decision =
  | { do: 'sign-in' }
  | { do: 'refuse'; refusal: StatusRefusal }
  | { do: 'answer'; authnContextClassRef: string };

/**
 * Whether the session is good enough for the request: ForceAuthn wants one that came of a sign-in after it was asked for,
 * IsPassive forbids asking the person anything, RequestedAuthnContext names how strong it must be (saml-core-2.0
 * §3.4.1). Pure.
 */
export function decide(
  pending: PendingRequest | undefined,
  session: Pick<Session, 'id'> | undefined,
): Decision {
  const asked = pending?.asked;
  if (!session || (asked?.forceAuthn && !isNew(session, asked))) {
    if (!asked?.isPassive) return { do: 'sign-in' };
    return refuse('no-passive', 'The person would have to sign in first.', StatusCode.noPassive);
  }
  const authnContextClassRef = chooseAuthnContext(asked?.requestedAuthnContext);
  if (authnContextClassRef === undefined) {
    return refuse(
      'authn-context',
      'The requested authentication context is not available.',
      StatusCode.noAuthnContext,
    );
  }
  return { do: 'answer', authnContextClassRef };
}

function isNew(session: Pick<Session, 'id'>, { insteadOf }: Asked): boolean {
  return insteadOf !== undefined && session.id !== insteadOf;
}

function refuse(reason: string, message: string, code: string): Decision {
  return { do: 'refuse', refusal: refuseToServiceProvider(reason, message, StatusCode.responder, code) };
}
