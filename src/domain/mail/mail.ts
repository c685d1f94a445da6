import type { Instant } from '../../foundation/platform/clock.ts';
import type { MailId, OrganizationId } from '../../foundation/platform/ids.ts';

/** What a message is about, for programs that read the mailbox. */
export const MAIL_KINDS = ['invitation', 'password-reset', 'verification-code'] as const;

export type MailKind = (typeof MAIL_KINDS)[number];

/** A message to send. */
export interface NewMail {
  readonly kind: MailKind;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A message in an organization's mailbox, which shows all mail that the organization sends. */
export interface Mail extends NewMail {
  readonly id: MailId;
  readonly organizationId: OrganizationId;
  /** Policy time. */
  readonly sentAt: Instant;
  /** `kept`: no mail server is configured, so the message is only in the mailbox. */
  readonly status: 'kept' | 'pending' | 'sent' | 'failed';
  readonly attempts: number;
  readonly lastError: string | null;
}
