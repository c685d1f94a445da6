import type { ComponentChildren } from 'preact';
import { MailLayout } from './layout.tsx';
import { Named } from '../components/named.tsx';

export interface LinkMailProps {
  title: string;
  /** The text of the button. */
  label: string;
  href: string;
  children: ComponentChildren;
  /** Shown below the button. */
  after: ComponentChildren;
}

/** An email with one link, as a button and as the full URL for programs that show no buttons. */
function LinkMail({ title, label, href, children, after }: LinkMailProps) {
  return (
    <MailLayout title={title}>
      {children}
      <p style="margin:1.5em 0">
        <a
          href={href}
          style="background:#0b5c55;color:#ffffff;padding:12px 20px;border-radius:6px;text-decoration:none;font-weight:bold"
        >
          {label}
        </a>
      </p>
      <p>Or open this address: {href}</p>
      {after}
    </MailLayout>
  );
}

export interface InvitationMailProps {
  organization: string;
  displayName: string;
  userName: string;
  portalUrl: string;
  href: string;
}

/** Invites a user to set a password (guide, "How to accept the invitation to join AWS SSO"). */
export function InvitationMail(props: InvitationMailProps) {
  const { organization, displayName, userName, portalUrl, href } = props;
  const after = (
    <>
      <p>
        Your user portal: <a href={portalUrl}>{portalUrl}</a>
        <br />
        Your user name: <Named text={userName} />
      </p>
      <p>The invitation works once, for seven days. After that, ask your administrator for a new one.</p>
    </>
  );
  return (
    <LinkMail title={`Invitation to join ${organization}`} label="Accept invitation" {...{ href, after }}>
      <p>
        Hello <Named text={displayName} />,
      </p>
      <p>
        <Named text={organization} /> invites you to its user portal, where you open your applications. Accept
        the invitation to choose your password.
      </p>
    </LinkMail>
  );
}

export interface PasswordResetMailProps {
  organization: string;
  displayName: string;
  userName: string;
  href: string;
}

/** Lets a user choose another password (guide, "How to reset your password"). */
export function PasswordResetMail({ organization, displayName, userName, href }: PasswordResetMailProps) {
  const after = (
    <p>
      The link works once, for a day. If you didn’t ask for it, ignore this email: your password stays as it
      is.
    </p>
  );
  return (
    <LinkMail
      title={`Reset Password Request for ${organization}`}
      label="Reset Password"
      {...{ href, after }}
    >
      <p>
        Hello <Named text={displayName} />,
      </p>
      <p>
        You can choose a new password for the user <Named text={userName} /> of <Named text={organization} />.
      </p>
    </LinkMail>
  );
}
