import { isMfaDeviceOptional } from '../../domain/organizations/mfa-policy.ts';
import type { Settings } from '../../domain/organizations/settings.ts';

/** What the suggestions are made from. */
export interface SetUp {
  readonly users: number;
  readonly applications: number;
  readonly isAnythingAssigned: boolean;
  /** Whether somebody may open the console beside the operators of the server. */
  readonly hasAdministrators: boolean;
  /** Active certificates that end within 90 days, or have ended. */
  readonly expiringCertificates: number;
  readonly alias: string | null;
  readonly settings: Pick<Settings, 'mfa' | 'branding'>;
  readonly hasLogo: boolean;
}

export type SuggestionCode =
  | 'add-users'
  | 'add-applications'
  | 'assign-access'
  | 'rotate-certificates'
  | 'grant-console-access'
  | 'turn-on-mfa'
  | 'require-mfa-devices'
  | 'customize-url'
  | 'add-branding';

/** Something to do next. */
export interface Suggestion {
  readonly code: SuggestionCode;
  /** What to do. */
  readonly title: string;
  /** Why. */
  readonly reason: string;
}

const TEXTS: Readonly<Record<SuggestionCode, Omit<Suggestion, 'code'>>> = {
  'add-users': { title: 'Add users', reason: 'Nobody can sign in yet.' },
  'add-applications': {
    title: 'Add an application',
    reason: 'Users who sign in find nothing to open in the portal.',
  },
  'assign-access': {
    title: 'Assign users to an application',
    reason: 'No application is assigned to anybody, so nobody can open one.',
  },
  'rotate-certificates': {
    title: 'Rotate certificates',
    reason: 'Service providers that check the date refuse responses signed with an expired certificate.',
  },
  'grant-console-access': {
    title: 'Give somebody access to the console',
    reason: 'Only operators of the server can administer this identity centre.',
  },
  'turn-on-mfa': { title: 'Turn on multi-factor authentication', reason: 'A password is enough to sign in.' },
  'require-mfa-devices': {
    title: 'Require MFA devices',
    reason: 'Users who have not registered a device sign in with their password only.',
  },
  'customize-url': {
    title: 'Customize the URL of the portal',
    reason: 'It has the directory’s id, which nobody remembers. It can be customized once.',
  },
  'add-branding': {
    title: 'Add a name or a logo',
    reason: 'Users recognise the sign-in page by it.',
  },
};

/** What to do next, the most urgent first; empty when everything is set up. */
export function suggestionsFor(setUp: SetUp): Suggestion[] {
  const { users, applications, isAnythingAssigned, settings } = setUp;
  const due: Readonly<Record<SuggestionCode, boolean>> = {
    'rotate-certificates': setUp.expiringCertificates > 0,
    'add-users': users === 0,
    'add-applications': applications === 0,
    'assign-access': users > 0 && applications > 0 && !isAnythingAssigned,
    'turn-on-mfa': settings.mfa.mode === 'disabled',
    'require-mfa-devices': isMfaDeviceOptional(settings.mfa),
    'grant-console-access': users > 0 && !setUp.hasAdministrators,
    'customize-url': setUp.alias === null,
    'add-branding': settings.branding.name === null && !setUp.hasLogo,
  };
  // The keys of an object literal are those of its type, in the order in which they are written.
  const codes = Object.keys(due) as SuggestionCode[];
  return codes.filter((code) => due[code]).map((code) => ({ code, ...TEXTS[code] }));
}
