import type { Instant } from '../../foundation/platform/clock.ts';
import type { MailId, OrganizationId, UserId } from '../../foundation/platform/ids.ts';

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

/** What became of a message. */
export const MAIL_STATUSES = ['kept', 'pending', 'sent', 'failed'] as const;

export type MailStatus = (typeof MAIL_STATUSES)[number];

/** What is known about a message without reading it: nothing here helps to sign in. */
export interface MailHead extends Pick<NewMail, 'kind' | 'to' | 'subject'> {
  readonly id: MailId;
  readonly organizationId: OrganizationId;
  /** Policy time. */
  readonly sentAt: Instant;
  /** `kept`: no mail server is configured, so the message is only in the mailbox. */
  readonly status: MailStatus;
  readonly attempts: number;
  readonly lastError: string | null;
  /** Whom it is for; the user can be deleted since. */
  readonly userId: UserId | null;
  /** The event that caused it; it can be deleted since. */
  readonly eventId: string | null;
}

/** A message in an organization's mailbox, which shows all mail that the organization sends. */
export interface Mail extends MailHead, NewMail {}
