import type { Instant } from '../../foundation/platform/clock.ts';
import type { MailId, OrganizationId } from '../../foundation/platform/ids.ts';

/** What a message is about; programs that read the mailbox tell messages apart by it. */
export const MAIL_KINDS = ['invitation', 'password-reset', 'verification-code'] as const;

export type MailKind = (typeof MAIL_KINDS)[number];

/** A message as it is written. */
export interface NewMail {
  readonly kind: MailKind;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A message in an organization's mailbox: there, all that an organization sends can be read. */
export interface Mail extends NewMail {
  readonly id: MailId;
  readonly organizationId: OrganizationId;
  /** Policy time. */
  readonly sentAt: Instant;
  /** `kept`: no mail server is configured, and it is only kept here. */
  readonly status: 'kept' | 'pending' | 'sent' | 'failed';
  readonly attempts: number;
  readonly lastError: string | null;
}
