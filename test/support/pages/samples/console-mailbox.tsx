import { DeleteMailPage, EmptyMailboxPage } from '../../../../views/console/mailbox/delete.tsx';
import { MailboxPage, type ListedMail } from '../../../../views/console/mailbox/list.tsx';
import { MailPage, type ShownContent, type ShownMail } from '../../../../views/console/mailbox/mail.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';
import { when } from './parts.ts';

const mails: ListedMail[] = (['kept', 'pending', 'sent', 'failed'] as const).map((status, index) => ({
  id: `mail-${index}`,
  subject: `Invitation to join ${AWKWARD_NAMES[index] ?? 'Daybreak Holidays'}`,
  ...{ to: 'ana@example.com', status, sent: when },
}));
const narrowed = { kind: '', status: '' };
const list = { frame, query: '', narrowed, mails };

const mail: ShownMail = {
  ...{ id: 'mail-3', kind: 'invitation', subject: 'Invitation to join Daybreak Holidays' },
  ...{ to: 'ana@example.com', status: 'kept', attempts: 0, lastError: null, sent: when },
  user: { id: 'user-1', displayName: 'Ana Souza' },
  event: { id: 'event-1', name: 'SendPasswordLink' },
};
const failed: ShownMail = {
  ...{ ...mail, status: 'failed', attempts: 27, user: undefined, event: undefined },
  subject: `Your verification code for ${AWKWARD_NAMES[0]}`,
  lastError: `The mail server refused the address ${AWKWARD_NAMES[2]}.`,
};
const href = 'https://sso.example.com/demo/invitation/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz';
const content: ShownContent = { part: '', link: null, code: null, isOwnSession: false };

/** The pages of the mailbox. */
export const consoleMailboxPages: PageSamples = {
  'console-mailbox': (page) => (
    <MailboxPage {...{ page, ...list }} nextHref="/demo/console/mailbox?cursor=x" />
  ),
  'console-mailbox-read-only': (page) => <MailboxPage {...{ page, ...list }} frame={readOnlyFrame} />,
  'console-mailbox-none-yet': (page) => <MailboxPage {...{ page, ...list, mails: [] }} />,
  'console-mailbox-none-found': (page) => (
    <MailboxPage
      {...{ page, ...list, mails: [], query: AWKWARD_NAMES[0] }}
      narrowed={{ kind: 'invitation', status: 'failed' }}
    />
  ),
  'console-mailbox-emptied': (page) => (
    <MailboxPage {...{ page, ...list, mails: [] }} done="All messages were deleted." />
  ),
  'console-mail-with-link': (page) => (
    <MailPage
      {...{ page, frame, mail }}
      content={{ ...content, link: { href, leadsElsewhere: undefined }, isOwnSession: true }}
    />
  ),
  'console-mail-leads-elsewhere': (page) => (
    <MailPage
      {...{ page, frame, mail }}
      content={{ ...content, link: { href, leadsElsewhere: 'sso.example.com' } }}
    />
  ),
  'console-mail-with-code': (page) => (
    <MailPage
      {...{ page, frame, mail: { ...failed, kind: 'verification-code' } }}
      content={{ ...content, code: '123456' }}
    />
  ),
  'console-mail-read-only': (page) => <MailPage {...{ page, mail }} frame={readOnlyFrame} />,
  'console-mail-text': (page) => (
    <MailPage {...{ page, frame, mail }} content={{ part: '/text', text: `Hello Ana,\n\n${href}\n` }} />
  ),
  'console-mail-source': (page) => (
    <MailPage
      {...{ page, frame, mail }}
      content={{ part: '/source', text: `<p>${AWKWARD_NAMES.join()}</p>` }}
    />
  ),
  'console-mail-delete': (page) => <DeleteMailPage {...{ page, frame, mail }} />,
  'console-mail-delete-error': (page) => (
    <DeleteMailPage {...{ page, frame, mail: failed }} error="Type DELETE, exactly as it is shown." />
  ),
  'console-mailbox-delete': (page) => <EmptyMailboxPage {...{ page, frame }} />,
};
