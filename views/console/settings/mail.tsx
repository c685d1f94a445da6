import { Named } from '../../components/console/named.tsx';
import { Facts } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { MAIL_STATUS } from './mail-status.ts';

export interface MailPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  mail: {
    subject: string;
    to: string;
    text: string;
    status: keyof typeof MAIL_STATUS;
    lastError: string | null;
    sent: When;
  };
}

/** One message, as plain text: its HTML would run in the console's own origin. */
export function MailPage({ page, frame, mail }: MailPageProps) {
  const { subject, to, text, status, lastError, sent } = mail;
  return (
    <InstanceLayout {...{ page, frame }} title="Message" place="settings">
      <a class="v-back" href={`${frame.homeHref}/settings/mail`}>
        <Icon name="arrow-left" />
        Mail
      </a>
      <h1>
        <Named text={subject} />
      </h1>
      <Facts
        facts={[
          { label: 'To', value: <Named text={to} /> },
          { label: 'Sent', value: <Time at={sent} /> },
          { label: 'Status', value: MAIL_STATUS[status] },
          ...(lastError === null ? [] : [{ label: 'Last error', value: <Named text={lastError} /> }]),
        ]}
      />
      <pre class="v-mail-text">{text}</pre>
    </InstanceLayout>
  );
}
