import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { VerificationCodeMail } from '../../views/mail/code.tsx';
import type { NewMail } from './mail.ts';

const html = (page: VNode): string => `<!DOCTYPE html>${renderToString(page)}`;

/** The code that a person without an MFA device proves the email address with. */
export function verificationCodeMail(to: string, organization: string, code: string): NewMail {
  return {
    kind: 'verification-code',
    to,
    subject: `Your verification code for ${organization}`,
    text: [
      `Enter this code on the sign-in page of ${organization}: ${code}`,
      'It works once, for ten minutes. If you are not signing in, somebody else knows your password: tell your administrator.',
    ].join('\n\n'),
    html: html(<VerificationCodeMail organization={organization} code={code} />),
  };
}
