import { counted, durationWords } from '../../../../views/words.ts';
import { TYPE_WORDS } from '../../../../views/components/mfa/words.ts';
import type { SignIn } from '../../../domain/sessions/sign-in.ts';
import { NO_PROGRESS } from '../../../domain/sessions/sign-in.ts';
import { decide } from '../../../flows/idp/responses/decide.ts';
import type { nextStep } from '../../../flows/signin/next-step.ts';
import { stepOf } from '../../../flows/signin/sign-in-facts.ts';
import { unreachable } from '../../../foundation/platform/errors.ts';
import { MAX_NAMED, type DiagnosisFacts, type UserFacts } from './facts.ts';
import { finding, type DiagnosisFinding } from './finding.ts';

/** What stops or delays the sign-in of a user on the way to the application. Pure. */
export function judgeUser(facts: DiagnosisFacts, about: UserFacts): DiagnosisFinding[] {
  return [
    judgeEnabled(facts, about),
    finding('source-directory', 'Identity source', 'the user is in the directory of this identity centre'),
    judgePassword(about),
    judgeAttempts(facts, about),
    judgeSecondFactor(facts, about),
    judgeSessions(about),
  ];
}

/** The step after a right password in a browser that isn't trusted, by the rule of the sign-in itself. */
function stepAfterPassword(
  { instance, times, of }: DiagnosisFacts,
  { user, devices }: UserFacts,
): ReturnType<typeof nextStep> {
  const fixed = of.application.settings.authnContextClassRef;
  const decision = decide(undefined, { session: undefined, usable: [], fixed });
  const signIn: Pick<SignIn, 'userName' | 'verified' | 'progress' | 'continuation' | 'expiresAt'> = {
    userName: user.userName,
    verified: [{ type: 'PASSWORD', at: times.policyAt }],
    progress: NO_PROGRESS,
    continuation: {
      ...{ kind: 'application', ref: '' },
      demand: decision.do === 'sign-in' ? decision.demand : [],
    },
    expiresAt: times.policyAt + 1,
  };
  // A password for one sign-in is judged on its own: it would hide which second factor comes before its change.
  const known = { devices, mustChangePassword: false, isTrusted: false };
  return stepOf(instance, signIn, user, known, times.policyAt);
}

function judgeEnabled(facts: DiagnosisFacts, about: UserFacts): DiagnosisFinding {
  const step = stepAfterPassword(facts, about);
  if (step.step === 'deny' && step.reason === 'user-disabled') {
    return finding('user-disabled', 'User', 'the user is disabled', {
      ...{ change: 'Enable the user.', where: 'user' },
    });
  }
  return finding('user-found', 'User', 'the user exists and is enabled', { where: 'user' });
}

function judgePassword({ password }: UserFacts): DiagnosisFinding {
  switch (password) {
    case 'none':
      return finding('password-missing', 'Password', 'the user has no password', {
        ...{ change: 'Send a link, or make a one-time password.', where: 'password' },
      });
    case 'one-time':
      return finding('password-one-time', 'Password', 'the password is for one sign-in', {
        ...{ change: 'After it the user chooses a new one.', where: 'password' },
      });
    case 'set':
      return finding('password-set', 'Password', 'the user has a password');
    default:
      return unreachable(password);
  }
}

function judgeAttempts({ times }: DiagnosisFacts, { throttledUntil }: UserFacts): DiagnosisFinding {
  if (throttledUntil === undefined || throttledUntil <= times.policyAt) {
    return finding('attempts-left', 'Attempts', 'no attempts of this user are refused');
  }
  const left = durationWords(throttledUntil - times.policyAt);
  return finding('throttled', 'Attempts', `attempts are refused for ${left}, after too many wrong ones`, {
    ...{ change: 'Unblock the user, or wait.', where: 'user' },
  });
}

function judgeSecondFactor(facts: DiagnosisFacts, about: UserFacts): DiagnosisFinding {
  const label = 'Second factor';
  const next = stepAfterPassword(facts, about);
  const trust =
    facts.instance.settings.mfa.mode === 'context-aware' && about.trustedBrowsers > 0
      ? `, except in ${counted(about.trustedBrowsers, 'browser')} that the user trusts`
      : '';
  switch (next.step) {
    case 'challenge': {
      const names = next.types.map((type) => TYPE_WORDS[type].name.toLowerCase()).join(' or ');
      return finding('second-factor-asked', label, `the user is asked for: ${names}${trust}`, {
        where: 'mfa-devices',
      });
    }
    case 'resync':
      return finding('device-out-of-sync', label, `the clock of the authenticator app is off`, {
        ...{ change: 'The user is asked for two codes in a row.', where: 'mfa-devices' },
      });
    case 'register':
      return finding('device-to-register', label, `the user has no MFA device and is asked to register one`, {
        ...{ change: 'The user does it while signing in.', where: 'mfa-settings' },
      });
    case 'email-code':
      return finding(
        'code-by-email',
        label,
        `a code is sent to ${about.user.email}, for lack of an MFA device`,
        {
          ...{ change: 'The user reads it in that mailbox.', where: 'mfa-settings' },
        },
      );
    case 'deny':
      // A disabled user is named above, and nothing else is judged.
      if (next.reason === 'user-disabled') break;
      return finding(
        'device-missing',
        label,
        'the settings demand an MFA device and the user has none that counts',
        {
          ...{ change: 'Register a device for the user, or change the settings.', where: 'mfa-devices' },
        },
      );
    default:
      break;
  }
  return finding('second-factor-not-asked', label, 'a password is enough', { where: 'mfa-settings' });
}

function judgeSessions({ sessions }: UserFacts): DiagnosisFinding {
  if (sessions === 0) return finding('session-none', 'Session', 'the user isn’t signed in anywhere');
  const many = sessions >= MAX_NAMED ? `${MAX_NAMED} or more browsers` : counted(sessions, 'browser');
  return finding(
    'session-live',
    'Session',
    `the user is signed in in ${many}, where no password is asked for`,
    {
      where: 'sessions',
    },
  );
}
