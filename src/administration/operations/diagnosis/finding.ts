/** Every finding that a diagnosis can have, with what it means for a sign-on. */
export const FINDINGS = {
  'user-found': 'ok',
  'user-missing': 'stops',
  'user-disabled': 'stops',
  'source-directory': 'ok',
  'password-set': 'ok',
  'password-missing': 'stops',
  'password-one-time': 'warns',
  'attempts-left': 'ok',
  throttled: 'stops',
  'second-factor-not-asked': 'ok',
  'second-factor-asked': 'ok',
  'device-out-of-sync': 'warns',
  'device-to-register': 'warns',
  'code-by-email': 'warns',
  'device-missing': 'stops',
  'session-none': 'ok',
  'session-live': 'ok',
  assigned: 'ok',
  'not-assigned': 'stops',
  'application-enabled': 'ok',
  'application-disabled': 'stops',
  'acs-set': 'ok',
  'acs-missing': 'stops',
  'acs-unanswered': 'warns',
  'subject-mapped': 'ok',
  'subject-missing': 'stops',
  'attributes-refused': 'stops',
  'certificate-valid': 'ok',
  'certificate-missing': 'stops',
  'certificate-doubtful': 'warns',
  'last-sign-on-answered': 'ok',
  'last-sign-on-odd': 'warns',
  'last-sign-on-refused': 'warns',
  'last-sign-on-none': 'ok',
  'clock-real': 'ok',
  'clock-moved': 'ok',
  'clock-on-the-wire': 'warns',
} as const satisfies Readonly<Record<string, 'ok' | 'warns' | 'stops'>>;

export type FindingCode = keyof typeof FINDINGS;
export const FINDING_CODES = Object.keys(FINDINGS) as [FindingCode, ...FindingCode[]]; // these are its keys

export type Verdict = (typeof FINDINGS)[FindingCode];

/** Where something can be changed or seen. */
export const PLACES = [
  ...(['users', 'user', 'password', 'mfa-devices', 'sessions', 'mfa-settings'] as const),
  ...(['application', 'assigned-users', 'mappings', 'certificates', 'last-sign-on', 'time'] as const),
] as const;
export type Place = (typeof PLACES)[number];

/** One fact of a diagnosis, and what it means. */
export interface DiagnosisFinding {
  readonly code: FindingCode;
  readonly verdict: Verdict;
  /** What was looked at, such as `Password`. */
  readonly label: string;
  /** What was found, as a sentence without its full stop; it can follow a colon. */
  readonly found: string;
  /** What to do about it, as a sentence. */
  readonly change?: string | undefined;
  readonly where?: Place | undefined;
}

/** A finding with the verdict of its code. */
export const finding = (
  code: FindingCode,
  label: string,
  found: string,
  { change, where }: Pick<DiagnosisFinding, 'change' | 'where'> = {},
): DiagnosisFinding => ({ code, verdict: FINDINGS[code], label, found, change, where });
