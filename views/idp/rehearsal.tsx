import { Facts } from '../components/facts.tsx';
import { Icon } from '../components/icon.tsx';
import { Time, type When } from '../components/when.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

/** A rehearsal that a browser can start or has started. */
export interface ShownRehearsal {
  applicationName: string;
  /** The certificate's SHA-256 fingerprint, in pairs of digits with colons. */
  fingerprint: string;
  until: When;
  /** The link that starts a sign-on to the application. */
  openHref: string;
}

export interface RehearsalPageProps {
  page: PageContext;
  csrf: string;
  action: string;
  rehearsal: ShownRehearsal;
}

/** The page of a rehearsal link. The rehearsal starts only with the button. */
export function RehearsalPage({ page, csrf, action, rehearsal }: RehearsalPageProps) {
  const { applicationName, fingerprint, until } = rehearsal;
  return (
    <SignInLayout page={page} title={`Rehearse a certificate of ${applicationName}`}>
      <div class="v-rehearsal">
        <div>
          <h1>Rehearse a certificate</h1>
          <p>
            This signs responses to{' '}
            <strong>
              <Named text={applicationName} />
            </strong>{' '}
            with a certificate that isn’t active yet, in this browser only. If the application then signs you
            in, it already trusts the certificate.
          </p>
        </div>
        <Facts
          facts={[
            { label: 'Application', value: <Named text={applicationName} /> },
            { label: 'Certificate (SHA-256)', value: <Fingerprint value={fingerprint} /> },
            { label: 'Until', value: <Time at={until} /> },
          ]}
        />
        <form method="post" action={action}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="rehearse" value="yes" />
          <button type="submit" class="btn btn-primary btn-lg w-100">
            <Icon name="shield-check" />
            Rehearse in this browser
          </button>
        </form>
        <p class="v-soft">
          If you didn’t expect this page, close it: nothing has changed. A rehearsal ends when you end it,
          when this browser is closed, or at the time above.
        </p>
      </div>
    </SignInLayout>
  );
}

/** A fingerprint in lines that are short enough to compare with another screen. */
export function Fingerprint({ value }: { value: string }) {
  const pairs = value.split(':');
  const lines = [0, 8, 16, 24].map((start) => pairs.slice(start, start + 8).join(':'));
  return (
    <code class="v-fingerprint">
      {lines.map((line) => (
        <span key={line}>{line} </span>
      ))}
    </code>
  );
}
