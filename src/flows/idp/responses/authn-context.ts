import type { MfaType } from '../../../domain/credentials/mfa/device.ts';
import type { RequestedAuthnContext } from '../../../protocols/saml/authn-request.ts';
import { AuthnContextClass as Class } from '../../../protocols/saml/types.ts';
import type { VerifiedFactor } from '../../../domain/sessions/session.ts';

/** What a person proved, as far as it says how strongly. */
export type Factor = VerifiedFactor['type'];

/** A class is as strong as what it takes to satisfy it; whoever satisfies one is as strong as all on its step. */
const STRENGTH: ReadonlyMap<string, number> = new Map([
  [Class.unspecified, 0],
  [Class.password, 1],
  [Class.passwordProtectedTransport, 2],
  [Class.refedsSfa, 2],
  [Class.timeSyncToken, 3],
  [Class.multipleAuthn, 3],
  [Class.refedsMfa, 3],
  [Class.mobileTwoFactorContract, 3],
]);

/** The class of each step that is stated where none of those that were asked for is: one that many know. */
const OWN: readonly string[] = [
  Class.unspecified,
  Class.password,
  Class.passwordProtectedTransport,
  Class.mobileTwoFactorContract,
];

const BY_PASSWORD = [Class.unspecified, Class.password, Class.passwordProtectedTransport, Class.refedsSfa];
const BY_SECOND_FACTOR = [Class.multipleAuthn, Class.refedsMfa, Class.mobileTwoFactorContract];

/**
 * The classes that somebody satisfies who proved these factors, from the weakest to the strongest. What a password
 * satisfies stays true when more was proved. A code by mail adds nothing: a mailbox is no thing that a person has (NIST SP
 * 800-63B §5.1.3.1), and whoever reads it can set the password, too, so that the two are one factor.
 */
export function satisfiedClasses(factors: readonly Factor[]): readonly string[] {
  if (!factors.includes('PASSWORD')) return [Class.unspecified];
  const byApp = factors.includes('TOTP') || factors.includes('RESYNC_TOTP');
  const byKey = factors.includes('WEBAUTHN');
  return [
    ...BY_PASSWORD,
    ...(byApp ? [Class.timeSyncToken] : []),
    ...(byApp || byKey ? BY_SECOND_FACTOR : []),
  ];
}

/** What an assertion about somebody may state. */
export interface Proved {
  readonly factors: readonly Factor[];
  /** The class that the application's settings name; null: none, it is derived. */
  readonly fixed: string | null;
}

/**
 * The class to state, given what was asked for (saml-core-2.0 §3.3.2.2.1); undefined when what was proved meets none of the
 * classes. Of those that were asked for, in the order of preference, the first that is satisfied is stated, because
 * that is the one its service provider knows; only where a stronger one was to be found, one of ours is.
 *
 * Without a wish the fixed class is stated whatever was proved; without that the one that says best what was: service
 * providers that ask for nothing take whatever they are told, and those who look learn of the second factor. A fixed class that we can't judge counts as satisfied when it is asked
 * for; one that we can judge is judged by what was proved, as any other.
 */
export function chooseAuthnContext(
  requested: RequestedAuthnContext | undefined,
  { factors, fixed }: Proved,
): string | undefined {
  const classes = satisfiedClasses(factors);
  const level = Math.max(...classes.map((each) => STRENGTH.get(each) ?? 0));
  if (!requested) return fixed ?? derivedClass(factors);
  const satisfied = fixed === null || STRENGTH.has(fixed) ? classes : [...classes, fixed];
  const { comparison, classRefs } = requested;
  // Of declarations, which may stand in the place of classes, we have none.
  if (classRefs.length === 0) return undefined;
  switch (comparison) {
    case 'exact':
      return classRefs.find((ref) => satisfied.includes(ref));
    case 'minimum': {
      const met = classRefs.find((ref) => satisfied.includes(ref) || strengthOf(ref, Infinity) <= level);
      return met === undefined || satisfied.includes(met) ? met : OWN[level];
    }
    case 'better':
      // Stronger than each of them: an unknown one may be stronger than anything of ours.
      return classRefs.every((ref) => strengthOf(ref, Infinity) < level) ? OWN[level] : undefined;
    case 'maximum': {
      const most = Math.max(...classRefs.map((ref) => strengthOf(ref, -1)));
      // Nothing can be said to lie below what nobody here knows, except for that itself.
      if (most < 0) return classRefs.find((ref) => satisfied.includes(ref));
      const stated = Math.min(level, most);
      const echo = classRefs.find((ref) => satisfied.includes(ref) && STRENGTH.get(ref) === stated);
      return echo ?? OWN[stated];
    }
  }
}

/** The class that says best what was proved. Of a key there is none in the standard; it is a second factor by contract. */
function derivedClass(factors: readonly Factor[]): string {
  if (!factors.includes('PASSWORD')) return Class.unspecified;
  if (factors.includes('WEBAUTHN')) return Class.mobileTwoFactorContract;
  return satisfiedClasses(factors).includes(Class.timeSyncToken)
    ? Class.timeSyncToken
    : Class.passwordProtectedTransport;
}

/** Second factors each of which, after a password, would meet what was asked for; none when nothing would. */
export function factorsThatHelp(
  requested: RequestedAuthnContext | undefined,
  fixed: string | null,
): readonly MfaType[] {
  return SECOND_FACTORS.filter(
    (type) => chooseAuthnContext(requested, { factors: ['PASSWORD', type], fixed }) !== undefined,
  );
}

const SECOND_FACTORS: readonly MfaType[] = ['TOTP', 'WEBAUTHN'];

function strengthOf(ref: string, unknown: number): number {
  return STRENGTH.get(ref) ?? unknown;
}
