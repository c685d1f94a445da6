import type { PageSamples } from '../page-sample.ts';
import { readFileSync } from 'node:fs';
import { PASSWORD_RULES } from '../../../../src/domain/credentials/passwords/password-policy.ts';
import { ChangePasswordPage } from '../../../../views/signin/change-password.tsx';
import { ContinuePage } from '../../../../views/signin/continue.tsx';
import { DeniedPage } from '../../../../views/signin/denied.tsx';
import { ExpiredPage } from '../../../../views/signin/expired.tsx';
import { DemoMailPage } from '../../../../views/signin/demo-mail.tsx';
import { ForgotPasswordPage } from '../../../../views/signin/forgot-password.tsx';
import { ForgotPasswordSentPage } from '../../../../views/signin/forgot-password-sent.tsx';
import { IdentifyPage } from '../../../../views/signin/identify.tsx';
import { PasswordChangedPage } from '../../../../views/signin/password-changed.tsx';
import { PasswordLinkPage } from '../../../../views/signin/password-link.tsx';
import { PasswordLinkEndedPage } from '../../../../views/signin/password-link-ended.tsx';
import { PasswordPage } from '../../../../views/signin/password.tsx';
import { SignedOutPage } from '../../../../views/signin/signed-out.tsx';
import { home, signIn, factor, demoUsers, widelyBranded } from './parts.ts';

const rules = PASSWORD_RULES;

// Drawn once with svg-captcha, as captcha.ts does, because each drawing is different.
const drawing = readFileSync(new URL('../../../fixtures/captcha.svg', import.meta.url)).toString('base64');
const captchaImage = `data:image/svg+xml;base64,${drawing}`;
const resetLink = `https://sso.example.com/demo/reset-password/${'k7Yp'.repeat(11)}`;
const forgot = {
  ...{ action: '/d-906700aaaa/forgot-password', csrf: 'csrf-token', startHref: home, challenge: 'sealed' },
};
const link = {
  ...{ action: '/d-906700aaaa/invitation/t', csrf: 'csrf-token', username: 'ana@example.com' },
  rules,
};
const ended = { startHref: home, forgotHref: '/d-906700aaaa/forgot-password' };

/** The pages of a sign-in up to the password, and of links that set a password. */
export const signInPages: PageSamples = {
  'signin-identify': (page) => <IdentifyPage page={page} {...signIn} />,
  'signin-demo-users': (page) => <IdentifyPage page={page} {...signIn} demoUsers={demoUsers} />,
  'signin-branded': (page) => (
    <IdentifyPage page={{ ...page, ...widelyBranded }} {...signIn} demoUsers={demoUsers} />
  ),
  'signin-identify-error': (page) => (
    <IdentifyPage
      page={page}
      {...signIn}
      username=""
      applicationName="Orchard Wiki"
      error="Enter your username."
    />
  ),
  'signin-password': (page) => (
    <PasswordPage
      page={page}
      {...signIn}
      username="ana@example.com"
      change={{ kind: 'link', href: '/start' }}
      forgotHref="/d-906700aaaa/forgot-password"
    />
  ),
  'signin-password-error': (page) => (
    <PasswordPage
      page={page}
      {...signIn}
      username="a-user-with-a-very-long-name-indeed@department.example.com"
      change={{ kind: 'form', action: '/change' }}
      error="The username or password is incorrect."
    />
  ),
  'signin-forgot-password': (page) => (
    <ForgotPasswordPage {...forgot} page={page} question={{ kind: 'image', src: captchaImage }} />
  ),
  'signin-forgot-password-words': (page) => (
    <ForgotPasswordPage
      {...forgot}
      page={page}
      username="ana@example.com"
      question={{ kind: 'words', text: 'How much is seven plus four?' }}
      trouble={{
        field: 'captcha',
        error: 'The answer is wrong, or the question has expired. Answer the new one.',
      }}
    />
  ),
  'signin-forgot-password-throttled': (page) => (
    <ForgotPasswordPage
      {...forgot}
      page={page}
      question={{ kind: 'image', src: captchaImage }}
      throttled={{ retryAfterText: '5 minutes' }}
    />
  ),
  'signin-forgot-password-sent': (page) => <ForgotPasswordSentPage page={page} startHref={home} />,
  'signin-forgot-password-sent-demo': (page) => (
    <ForgotPasswordSentPage page={page} startHref={home} mailHref="/demo/forgot-password/email" />
  ),
  'signin-demo-mail': (page) => (
    <DemoMailPage
      page={page}
      mail={{
        ...{ to: 'ana@example.com', subject: 'Reset Password Request for Example Corp' },
        ...{ sent: { iso: '2026-05-05T14:00:00.000Z', text: '5 May 2026, 14:00 UTC' }, code: null },
        text: `Hello Ana,\n\nYou can choose a new password:\n\n${resetLink}\n\nThe link works once.`,
        link: resetLink,
      }}
      back={{ label: 'Back to sign in', href: home }}
    />
  ),
  'signin-demo-mail-none': (page) => (
    <DemoMailPage page={page} back={{ label: 'Back to sign in', href: home }} />
  ),
  'signin-invitation': (page) => <PasswordLinkPage {...link} page={page} purpose="invitation" faults={[]} />,
  'signin-reset-password': (page) => <PasswordLinkPage {...link} page={page} purpose="reset" faults={[]} />,
  'signin-reset-password-error': (page) => (
    <PasswordLinkPage
      {...link}
      page={page}
      purpose="reset"
      faults={['Passwords must have 8 to 64 characters.', 'Passwords must have a number (0-9).']}
    />
  ),
  'signin-invitation-ended': (page) => <PasswordLinkEndedPage {...ended} page={page} reason="invitation" />,
  'signin-reset-password-ended': (page) => <PasswordLinkEndedPage {...ended} page={page} reason="reset" />,
  'signin-link-disabled': (page) => <PasswordLinkEndedPage {...ended} page={page} reason="disabled" />,
  'signin-password-changed': (page) => <PasswordChangedPage page={page} startHref={home} />,
  'signin-continue': (page) => (
    <ContinuePage page={page} {...signIn} username="ana@example.com" applicationName="Orchard Wiki" />
  ),
  'signin-throttled': (page) => (
    <PasswordPage
      page={page}
      {...signIn}
      username="ana"
      change={{ kind: 'link', href: '/start' }}
      throttled={{ retryAfterText: '30 seconds' }}
    />
  ),
  'signin-change-password': (page) => (
    <ChangePasswordPage page={page} {...factor} rules={rules} faults={[]} />
  ),
  'signin-change-password-error': (page) => (
    <ChangePasswordPage page={page} {...factor} rules={rules} faults={rules.map(({ fault }) => fault)} />
  ),
  'signin-signed-out': (page) => <SignedOutPage page={page} startHref={home} />,
  'signin-denied': (page) => (
    <DeniedPage
      page={page}
      reason="Your organization asks for a second factor, and you have no device."
      startHref={home}
    />
  ),
  'signin-expired': (page) => <ExpiredPage page={page} reason="expired" startHref={home} />,
  'signin-other-browser': (page) => <ExpiredPage page={page} reason="other-browser" startHref={home} />,
};
