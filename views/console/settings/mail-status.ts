/** What became of a message. */
export const MAIL_STATUS = {
  kept: 'Kept here; no mail server is set up',
  pending: 'Waits to be sent',
  sent: 'Sent',
  failed: 'Could not be sent',
} as const;
