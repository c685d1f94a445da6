import type { RequestedAuthnContext } from '../saml/authn-request.ts';
import { AuthnContextClass } from '../saml/types.ts';

/** From the weakest to the strongest that a password alone satisfies. */
const STRENGTH: readonly string[] = [
  AuthnContextClass.unspecified,
  AuthnContextClass.password,
  AuthnContextClass.passwordProtectedTransport,
];

/**
 * The class to state for a session, given what was asked for (saml-core-2.0 §3.3.2.2.1); undefined when the session
 * meets none of the classes. Without a wish it is PasswordProtectedTransport.
 */
export function chooseAuthnContext(requested: RequestedAuthnContext | undefined): string | undefined {
  const own = AuthnContextClass.passwordProtectedTransport;
  if (!requested || requested.classRefs.length === 0) return own;
  const { comparison, classRefs } = requested;
  const ranks = classRefs.map((ref) => STRENGTH.indexOf(ref)).filter((rank) => rank >= 0);
  const ownRank = STRENGTH.indexOf(own);
  switch (comparison) {
    case 'exact':
      return classRefs.find((ref) => STRENGTH.includes(ref));
    case 'minimum':
      return ranks.some((rank) => ownRank >= rank) ? own : undefined;
    case 'better':
      // Stronger than each of them, of which an unknown one may be stronger than ours.
      return ranks.length === classRefs.length && ranks.every((rank) => ownRank > rank) ? own : undefined;
    case 'maximum':
      return ranks.length === 0 ? undefined : STRENGTH[Math.min(ownRank, Math.max(...ranks))];
  }
}
