import type { MfaType } from '../../../domain/credentials/mfa/device.ts';
import { MFA_TYPES, provedTypes, STRATEGIES } from '../../../domain/credentials/mfa/strategies.ts';
import type { RequestedAuthnContext } from '../../../protocols/saml/authn-request.ts';
import { AuthnContextClass as Class } from '../../../protocols/saml/types.ts';
import type { VerifiedFactor } from '../../../domain/sessions/session.ts';

/** A credential that a user proved. */
export type Factor = VerifiedFactor['type'];

/**
 * The strength of each class, by what it takes to satisfy it. Classes of the same strength are
 * interchangeable.
 */
const STRENGTH: ReadonlyMap<string, number> = new Map([
  [Class.unspecified, 0],
  [Class.password, 1],
  [Class.passwordProtectedTransport, 2],
  [Class.refedsSfa, 2],
  ...classesOf(MFA_TYPES).map((each) => [each, 3] as const),
  [Class.multipleAuthn, 3],
  [Class.refedsMfa, 3],
  [Class.mobileTwoFactorContract, 3],
]);

/** The best-known class of each strength, which is stated when no requested class can be. */
const OWN: readonly string[] = [
  Class.unspecified,
  Class.password,
  Class.passwordProtectedTransport,
  Class.mobileTwoFactorContract,
];

const BY_PASSWORD = [Class.unspecified, Class.password, Class.passwordProtectedTransport, Class.refedsSfa];
const BY_SECOND_FACTOR = [Class.multipleAuthn, Class.refedsMfa, Class.mobileTwoFactorContract];

/**
 * The classes that these factors satisfy, from the weakest to the strongest. More factors still satisfy the
 * classes of a password. A mailed code adds nothing: a mailbox isn't something that the user possesses (NIST
 * SP 800-63B §5.1.3.1), and its reader can also reset the password, so both are one factor.
 */
export function satisfiedClasses(factors: readonly Factor[]): readonly string[] {
  if (!factors.includes('PASSWORD')) return [Class.unspecified];
  const types = provedTypes(factors);
  return [...BY_PASSWORD, ...classesOf(types), ...(types.length > 0 ? BY_SECOND_FACTOR : [])];
}

/** What determines the class that an assertion may state. */
export interface Proved {
  readonly factors: readonly Factor[];
  /** The class in the application's settings; null: derived from the factors. */
  readonly fixed: string | null;
}

/**
 * Chooses the class to state for a request (saml-core-2.0 §3.3.2.2.1); undefined when the factors satisfy
 * none of the requested classes. Of the requested classes, in order of preference, the first satisfied one is
 * stated, because the service provider knows it. Only if a stronger one is needed, one of our own is stated.
 * Without a requested class, the fixed class is stated, whatever the factors; without that, the one that
 * describes the factors best. A fixed class that STRENGTH doesn't contain counts as satisfied when it is
 * requested; one that it contains is judged by the factors, like any other.
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
  // The request can name declarations in place of classes; none is supported.
  if (classRefs.length === 0) return undefined;
  switch (comparison) {
    case 'exact':
      return classRefs.find((ref) => satisfied.includes(ref));
    case 'minimum': {
      const met = classRefs.find((ref) => satisfied.includes(ref) || strengthOf(ref, Infinity) <= level);
      return met === undefined || satisfied.includes(met) ? met : OWN[level];
    }
    case 'better':
      // It must be stronger than each requested class. An unknown class could be stronger than all of ours.
      return classRefs.every((ref) => strengthOf(ref, Infinity) < level) ? OWN[level] : undefined;
    case 'maximum': {
      const strongest = Math.max(...classRefs.map((ref) => strengthOf(ref, -1)));
      // All requested classes are unknown, so nothing can be compared with them, except the fixed class.
      if (strongest < 0) return classRefs.find((ref) => satisfied.includes(ref));
      const stated = Math.min(level, strongest);
      const echo = classRefs.find((ref) => satisfied.includes(ref) && STRENGTH.get(ref) === stated);
      return echo ?? OWN[stated];
    }
  }
}

/**
 * The class that describes the factors best. A type that has none in the standard, such as a security key, counts as a
 * second factor by contract.
 */
function derivedClass(factors: readonly Factor[]): string {
  if (!factors.includes('PASSWORD')) return Class.unspecified;
  const types = provedTypes(factors);
  const classes = classesOf(types);
  if (classes.length < types.length) return Class.mobileTwoFactorContract;
  return classes[0] ?? Class.passwordProtectedTransport;
}

/** The classes that the standard has for single types of second factors. */
function classesOf(types: readonly MfaType[]): readonly string[] {
  return types.flatMap((type) => STRATEGIES[type].authnContextClass ?? []);
}

/** The second factors with which, after a password, the request would be satisfied. */
export function factorsThatHelp(
  requested: RequestedAuthnContext | undefined,
  fixed: string | null,
): readonly MfaType[] {
  return MFA_TYPES.filter(
    (type) => chooseAuthnContext(requested, { factors: ['PASSWORD', type], fixed }) !== undefined,
  );
}

function strengthOf(ref: string, unknown: number): number {
  return STRENGTH.get(ref) ?? unknown;
}
