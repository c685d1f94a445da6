import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { VerificationCodeMail } from '../../../views/mail/code.tsx';
import { InvitationMail, PasswordResetMail } from '../../../views/mail/link.tsx';
import type { NewMail } from './mail.ts';

const html = (page: VNode): string => `<!DOCTYPE html>${renderToString(page)}`;

/** Carries the code with which a user without an MFA device proves the email address. */
export function verificationCodeMail(to: string, organization: string, code: string): NewMail {
  return {
    kind: 'verification-code',
    to,
    subject: `Your verification code for ${organization}`,
    text: [
      `Enter this code on the sign-in page of ${organization}: ${code}`,
      'It works once, for ten minutes. If you didn’t try to sign in, tell your administrator: somebody else may know your password.',
    ].join('\n\n'),
    html: html(<VerificationCodeMail organization={organization} code={code} />),
  };
}

/** The user to whom a link is sent. */
interface Recipient {
  email: string;
  userName: string;
  displayName: string;
}

/** Carries the link with which a new user sets a password (guide, "Add users"). */
export function invitationMail(
  { email, userName, displayName }: Recipient,
  organization: string,
  { href, portalUrl }: { href: string; portalUrl: string },
): NewMail {
  return {
    kind: 'invitation',
    to: email,
    subject: `Invitation to join ${organization}`,
    text: [
      `Hello ${displayName},`,
      `${organization} invites you to its user portal, where you open your applications. Accept the invitation to choose your password:`,
      href,
      `Your user portal: ${portalUrl}\nYour user name: ${userName}`,
      'The invitation works once, for seven days. After that, ask your administrator for a new one.',
    ].join('\n\n'),
    html: html(<InvitationMail {...{ organization, displayName, userName, portalUrl, href }} />),
  };
}

/** Carries the link with which a user chooses a new password (guide, "Reset a user password"). */
export function passwordResetMail(
  { email, userName, displayName }: Recipient,
  organization: string,
  href: string,
): NewMail {
  return {
    kind: 'password-reset',
    to: email,
    subject: `Reset Password Request for ${organization}`,
    text: [
      `Hello ${displayName},`,
      `You can choose a new password for the user ${userName} of ${organization}:`,
      href,
      'The link works once, for a day. If you didn’t ask for it, ignore this email: your password stays as it is.',
    ].join('\n\n'),
    html: html(<PasswordResetMail {...{ organization, displayName, userName, href }} />),
  };
}
