import { EmptyState } from '../../components/console/empty-state.tsx';
import { Named } from '../../components/console/named.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { SettingsBack } from './back.tsx';
import { MAIL_STATUS } from './mail-status.ts';

export interface ListedMail {
  id: string;
  subject: string;
  to: string;
  status: keyof typeof MAIL_STATUS;
  sent: When;
}

export interface MailboxPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** The address that was searched. */
  query: string;
  mails: readonly ListedMail[];
  nextHref?: string | undefined;
}

/** All mail that the organization sent, newest first. */
export function MailboxPage({ page, frame, query, mails, nextHref }: MailboxPageProps) {
  const here = `${frame.homeHref}/settings/mail`;
  return (
    <InstanceLayout {...{ page, frame }} title="Mail" place="settings">
      <SettingsBack href={`${frame.homeHref}/settings`} />
      <h1>Mail</h1>
      <p class="v-lead">
        Invitations, links to set a password, and codes. Every message is kept here, also when a mail server
        sends it.
      </p>
      <SearchList
        id="mail"
        noun={{ one: 'message', many: 'messages' }}
        action={here}
        query={query}
        searches="The whole address"
        columns={[{ label: 'Subject' }, { label: 'To' }, { label: 'Status' }, { label: 'Sent' }]}
        rows={mails.map(({ id, subject, to, status, sent }) => ({
          ...{ id, name: subject, href: frame.mayChange ? `${here}/${id}` : undefined },
          cells: [<Named key="to" text={to} />, MAIL_STATUS[status], <Time key="sent" at={sent} />],
        }))}
        nextHref={nextHref}
        csrf={frame.person.csrf}
        nothingYet={
          <EmptyState icon="mail" title="No mail yet">
            Mail is sent when a user is invited, asks for another password, or signs in with a code.
          </EmptyState>
        }
      />
    </InstanceLayout>
  );
}
