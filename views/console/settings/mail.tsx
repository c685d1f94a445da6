import { Facts } from '../../components/facts.tsx';
import type { PageContext } from '../../page-context.tsx';
import { mailboxHref } from '../mailbox/address.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { SettingsBack } from './back.tsx';

export interface MailSettingsPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** Whether the server has a mail server. */
  isSent: boolean;
  /** How many messages are kept. */
  kept: number;
  /** How large they may be all together, such as `64 MiB`. */
  keptSize: string;
}

/** How mail is sent and kept. */
export function MailSettingsPage({ page, frame, isSent, kept, keptSize }: MailSettingsPageProps) {
  const settings = `${frame.homeHref}/settings`;
  return (
    <InstanceLayout {...{ page, frame }} title="Mail" place="settings">
      <SettingsBack href={settings} />
      <h1>Mail</h1>
      <p class="v-lead">
        Invitations, links to set a password, and codes. Every message is kept in the{' '}
        <a href={mailboxHref(frame)}>mailbox</a>.
      </p>
      <Facts
        facts={[
          {
            label: 'Sending',
            value: isSent
              ? 'A mail server sends every message.'
              : 'No mail server is set up: messages are only in the mailbox.',
          },
          { label: 'Messages that are kept', value: kept.toLocaleString('en') },
          { label: 'All together at most', value: keptSize },
        ]}
      />
      <p class="v-soft">
        An operator sets up the mail server when the server starts, with <code>--smtp-url</code>. How much is
        kept is among the <a href={`${settings}/limits`}>quotas and limits</a>.
      </p>
    </InstanceLayout>
  );
}
