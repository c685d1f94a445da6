import type { ComponentChildren } from 'preact';
import { Callout } from '../../components/callout.tsx';
import { CopiedValue } from '../../components/console/copied-value.tsx';
import { DangerZone } from '../../components/console/danger-zone.tsx';
import { Detail } from '../../components/console/detail.tsx';
import { Named } from '../../components/named.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, type Fact } from '../../components/facts.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { mailboxHref, mailHref } from './address.ts';
import { MAIL_KIND, MAIL_STATUS, type ShownKind, type ShownStatus } from './mail-words.ts';

/** What everybody with access to the console sees of a message: nothing that helps to sign in. */
export interface ShownMail {
  id: string;
  kind: ShownKind;
  subject: string;
  to: string;
  status: ShownStatus;
  attempts: number;
  lastError: string | null;
  sent: When;
  /** Whom it is for, if the user still exists. */
  user: { readonly id: string; readonly displayName: string } | undefined;
  /** The event that caused it, if it is still kept. */
  event: { readonly id: string; readonly name: string } | undefined;
}

/** The parts of a message, each with a page, by the end of its address. */
const MAIL_PARTS = { '': 'Message', '/text': 'Plain text', '/source': 'HTML source' } as const;

/** What a message holds, for those who may use it. */
export type ShownContent =
  | {
      part: '';
      link: { readonly href: string; readonly leadsElsewhere: string | undefined } | null;
      code: string | null;
      /** Whether a link that is opened here may end the reader's own session. */
      isOwnSession: boolean;
    }
  | { part: '/text' | '/source'; text: string };

export interface MailPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  mail: ShownMail;
  /** Absent for those whose access is read-only. */
  content?: ShownContent | undefined;
}

/** One message: as the person sees it, its link or code, its text and its source. */
export function MailPage({ page, frame, mail, content }: MailPageProps) {
  const here = mailHref(frame, mail.id);
  const part = content?.part ?? '';
  const tabs = Object.entries(MAIL_PARTS).map(([end, label]) => ({ label, href: `${here}${end}` }));
  return (
    <InstanceLayout {...{ page, frame }} title={`Message: ${MAIL_PARTS[part]}`} place="events">
      <Detail
        back={{ label: 'Mailbox', href: mailboxHref(frame) }}
        kind={MAIL_KIND[mail.kind]}
        name={mail.subject}
        status={MAIL_STATUS[mail.status]}
        tabs={content ? tabs : []}
        currentHref={`${here}${part}`}
      >
        {content === undefined || content.part === '' ? (
          <Overview {...{ frame, mail, content }} />
        ) : (
          <pre class="v-mail-text" role="region" tabIndex={0} aria-label={MAIL_PARTS[content.part]}>
            {content.text}
          </pre>
        )}
      </Detail>
    </InstanceLayout>
  );
}

interface OverviewProps extends Pick<MailPageProps, 'frame' | 'mail'> {
  content: Extract<ShownContent, { part: '' }> | undefined;
}

function Overview({ frame, mail, content }: OverviewProps) {
  const here = mailHref(frame, mail.id);
  return (
    <>
      <Facts facts={factsOf(frame, mail)} />
      {content === undefined ? (
        <p class="v-soft">
          The text, its link and its code are only for those who may change something: whoever reads them can
          sign in as this person.
        </p>
      ) : (
        <>
          {content.link && <Link {...content.link} isOwnSession={content.isOwnSession} />}
          {content.code !== null && <Code code={content.code} />}
          {/* In a frame without scripts, forms and cookies: whatever is in a message, it can't reach the console. */}
          <iframe
            class="v-mail-frame"
            title="The message as the person sees it"
            src={`${here}/html`}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          />
          <DangerZone
            id="danger"
            acts={[
              {
                label: 'Delete message',
                about: 'It is gone from the mailbox. A message that waits to be sent isn’t sent.',
                href: `${here}/delete`,
              },
            ]}
          />
        </>
      )}
    </>
  );
}

function factsOf({ homeHref }: ConsoleFrame, mail: ShownMail): Fact[] {
  const { to, user, sent, status, attempts, lastError, event } = mail;
  const facts: (Fact | undefined)[] = [
    { label: 'To', value: <Named text={to} /> },
    user && {
      label: 'User',
      value: (
        <a href={`${homeHref}/users/${user.id}`}>
          <Named text={user.displayName} />
        </a>
      ),
    },
    { label: 'Time', value: <Time at={sent} /> },
    event && {
      label: 'Caused by',
      value: <a href={`${homeHref}/events/${encodeURIComponent(event.id)}`}>{event.name}</a>,
    },
    status === 'kept' ? { label: 'Sending', value: 'No mail server is set up: it is only here.' } : undefined,
    attempts > 0 ? { label: 'Attempts', value: String(attempts) } : undefined,
    lastError === null ? undefined : { label: 'Last error', value: <Named text={lastError} /> },
  ];
  return facts.filter((fact) => fact !== undefined);
}

function Link({
  href,
  leadsElsewhere,
  isOwnSession,
}: {
  href: string;
  leadsElsewhere: string | undefined;
  isOwnSession: boolean;
}) {
  return (
    <Ready title="Link">
      {leadsElsewhere !== undefined && (
        <Callout tone="warning" title={`This link leads to ${leadsElsewhere}`}>
          <p>The message was sent when this server had another address.</p>
        </Callout>
      )}
      <div class="v-mail-act">
        <a class="btn btn-primary" href={href} target="_blank" rel="noopener noreferrer">
          Open link
        </a>
        <CopyButton text={href} label="Copy link" />
      </div>
      <p>
        <code class="v-wire">{href}</code>
      </p>
      {isOwnSession && (
        <p class="v-soft">
          Whoever accepts an invitation is signed in as that person. Copy the link into a private window to
          stay signed in yourself.
        </p>
      )}
    </Ready>
  );
}

const Code = ({ code }: { code: string }) => (
  <Ready title="Code">
    <p class="v-mail-code">
      <CopiedValue name="code" value={code} />
    </p>
  </Ready>
);

/** What the message is for, ready to use. */
const Ready = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="v-panel v-mail-ready" aria-label={title}>
    {children}
  </section>
);
