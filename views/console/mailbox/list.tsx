import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import type { ListFilter } from '../../components/console/list.ts';
import { Live } from '../../components/console/live.tsx';
import { Named } from '../../components/named.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { StatusTag } from '../../components/console/status-tag.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { ActivityTabs } from '../activity-tabs.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { mailboxHref, mailHref } from './address.ts';
import { MAIL_KIND, MAIL_STATUS, type ShownStatus } from './mail-words.ts';

export interface ListedMail {
  id: string;
  subject: string;
  to: string;
  status: ShownStatus;
  sent: When;
}

export interface MailboxPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  query: string;
  /** What the list is narrowed by beside the search, as the address has it. */
  narrowed: { readonly kind: string; readonly status: string };
  mails: readonly ListedMail[];
  nextHref?: string | undefined;
  /** The sentence about what was just done. */
  done?: string | undefined;
}

/** All mail that an organization sent, the newest first, without a text. */
export function MailboxPage({ page, frame, query, narrowed, mails, nextHref, done }: MailboxPageProps) {
  const here = mailboxHref(frame);
  return (
    <InstanceLayout {...{ page, frame }} title="Mailbox" place="events">
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      <div class="v-heading">
        <h1>Mailbox</h1>
        {frame.mayChange && mails.length > 0 && (
          <a class="btn v-button-quiet" href={`${here}/delete`}>
            Empty mailbox
          </a>
        )}
      </div>
      <ActivityTabs frame={frame} current="mailbox" />
      <Live id="mails">
        <SearchList
          id="mail"
          noun={{ one: 'message', many: 'messages' }}
          action={here}
          query={query}
          searches="Address or subject"
          filters={filtersOf(narrowed)}
          columns={[{ label: 'Subject' }, { label: 'To' }, { label: 'Status' }, { label: 'Time' }]}
          rows={mails.map(({ id, subject, to, status, sent }) => ({
            ...{ id, name: subject, href: mailHref(frame, id) },
            cells: [
              <Named key="to" text={to} />,
              <StatusTag key="status" {...MAIL_STATUS[status]} />,
              <Time key="sent" at={sent} />,
            ],
          }))}
          nextHref={nextHref}
          csrf={frame.person.csrf}
          nothingYet={
            <EmptyState icon="mail" title="No mail yet">
              Mail is sent when a user is invited, asks for another password, or signs in with a code. Every
              message is kept here, whether or not a mail server sends it.
            </EmptyState>
          }
        />
      </Live>
    </InstanceLayout>
  );
}

function filtersOf({ kind, status }: MailboxPageProps['narrowed']): ListFilter[] {
  const kinds = Object.entries(MAIL_KIND).map(([value, label]) => ({ value, label }));
  const statuses = Object.entries(MAIL_STATUS).map(([value, { text: label }]) => ({ value, label }));
  return [
    {
      ...{ name: 'kind', label: 'Kind', value: kind },
      options: [{ value: '', label: 'All kinds' }, ...kinds],
    },
    {
      ...{ name: 'status', label: 'Status', value: status },
      options: [{ value: '', label: 'Any status' }, ...statuses],
    },
  ];
}
