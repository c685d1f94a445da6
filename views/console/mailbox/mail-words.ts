import type { StatusTagProps } from '../../components/console/status-tag.tsx';

/** What became of a message. */
export const MAIL_STATUS = {
  kept: { text: 'Kept here', tone: 'calm' },
  pending: { text: 'Waits to be sent', tone: 'warning' },
  sent: { text: 'Sent', tone: 'good' },
  failed: { text: 'Could not be sent', tone: 'danger' },
} as const satisfies Record<string, StatusTagProps>;

export type ShownStatus = keyof typeof MAIL_STATUS;

/** What a message is about. */
export const MAIL_KIND = {
  invitation: 'Invitation',
  'password-reset': 'Password reset',
  'verification-code': 'Verification code',
} as const;

export type ShownKind = keyof typeof MAIL_KIND;
