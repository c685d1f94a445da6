import { CopiedValue } from '../components/console/copied-value.tsx';
import { Named } from '../components/named.tsx';
import { Facts } from '../components/facts.tsx';
import { State } from '../components/state.tsx';
import { Time, type When } from '../components/when.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface DemoMailPageProps {
  page: PageContext;
  /** Absent when no message was sent, or the time for reading it is over. */
  mail?:
    | {
        readonly to: string;
        readonly subject: string;
        readonly sent: When;
        readonly text: string;
        readonly link: string | null;
        readonly code: string | null;
      }
    | undefined;
  back: { readonly label: string; readonly href: string };
}

/** The message that this browser caused, in a demonstration on this machine. */
export function DemoMailPage({ page, mail, back }: DemoMailPageProps) {
  if (!mail) {
    const title = 'There is no email to show';
    return (
      <SignInLayout page={page} title={title}>
        <State level={1} icon="mail" title={title}>
          <p>
            Either none was sent, because no enabled user has this username, or the time for reading it here
            is over: a quarter of an hour.
          </p>
          <Back {...back} />
        </State>
      </SignInLayout>
    );
  }
  return (
    <SignInLayout page={page} title="Your email">
      <h1>Your email</h1>
      <p class="v-lead">
        This demonstration shows it to the browser that asked for it. Elsewhere it is only in the mailbox.
      </p>
      <Facts
        facts={[
          { label: 'To', value: <Named text={mail.to} /> },
          { label: 'Subject', value: <Named text={mail.subject} /> },
          { label: 'Time', value: <Time at={mail.sent} /> },
        ]}
      />
      <pre class="v-mail-text">{mail.text}</pre>
      {mail.code !== null && (
        <p class="v-mail-code">
          <CopiedValue name="code" value={mail.code} />
        </p>
      )}
      {mail.link !== null && (
        <a class="btn btn-primary btn-lg w-100" href={mail.link}>
          Open the link
        </a>
      )}
      <Back {...back} />
    </SignInLayout>
  );
}

const Back = ({ label, href }: DemoMailPageProps['back']) => (
  <p class="v-instead">
    <a href={href}>{label}</a>
  </p>
);
