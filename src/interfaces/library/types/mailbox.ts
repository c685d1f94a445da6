/** A mail that an organization sent. */
export interface Mail {
  readonly id: string;
  readonly kind: 'invitation' | 'password-reset' | 'verification-code';
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The link that the mail is about, such as that of an invitation. */
  readonly link: string | null;
  /** The code that the mail is about. */
  readonly code: string | null;
  /** ISO 8601, by the organization’s clock. */
  readonly sentAt: string;
  /** `kept`: no mail server is configured, so the mail is only in the mailbox. */
  readonly status: 'kept' | 'pending' | 'sent' | 'failed';
  /** How often sending was tried. */
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly lastError: string | null;
  /** The user whom it is for, who can be deleted since. */
  readonly userId: string | null;
  /** The event that caused it. */
  readonly eventId: string | null;
}

/** All mail of an organization, whether or not a mail server sends it. */
export interface Mailbox {
  /** All mail, newest first, or only mail that matches. */
  list(filter?: {
    /** The whole address. */
    readonly to?: string;
    readonly kind?: Mail['kind'];
    readonly status?: Mail['status'];
    /** Words of which each must be a part of the address or the subject. */
    readonly search?: string;
  }): Promise<readonly Mail[]>;
  /** The mail with this id, or undefined if there is none. */
  get(id: string): Promise<Mail | undefined>;
  /**
   * The newest mail to an address, once there is one: it waits up to `timeoutMs` (default: 5,000), then rejects with
   * ResourceNotFoundException. With `after`, the newest mail that you have already, it waits for a newer one.
   *
   * @example
   * await organization.users.create({ ...ana, invite: true });
   * const { link } = await organization.mailbox.waitFor({ to: ana.email, kind: 'invitation' });
   */
  waitFor(wanted: {
    readonly to: string;
    readonly kind?: Mail['kind'];
    readonly after?: Pick<Mail, 'id'>;
    readonly timeoutMs?: number;
  }): Promise<Mail>;
  /** Deletes a mail. One that is still pending isn’t sent. */
  delete(mail: string | Pick<Mail, 'id'>): Promise<void>;
  /** Empties the mailbox. Mail that is still pending isn’t sent. */
  clear(): Promise<void>;
}
