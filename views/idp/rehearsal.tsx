import { Facts } from '../components/facts.tsx';
import { Icon } from '../components/icon.tsx';
import { Time, type When } from '../components/when.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

/** A certificate that a browser is about to rehearse, or does. */
export interface ShownRehearsal {
  applicationName: string;
  /** SHA-256, in pairs with colons. */
  fingerprint: string;
  until: When;
  /** Where a sign-on to the application begins. */
  openHref: string;
}

export interface RehearsalPageProps {
  page: PageContext;
  csrf: string;
  action: string;
  rehearsal: ShownRehearsal;
}

/** What the link of a rehearsal offers; nothing happens before the button is chosen. */
export function RehearsalPage({ page, csrf, action, rehearsal }: RehearsalPageProps) {
  const { applicationName, fingerprint, until } = rehearsal;
  return (
    <SignInLayout page={page} title={`Rehearse a certificate of ${applicationName}`}>
      <div class="v-rehearsal">
        <div>
          <h1>Rehearse a certificate</h1>
          <p>
            Choose the button, and in this browser only <strong>{applicationName}</strong> gets responses that
            are signed with a certificate that isn’t active yet. You see what it does before everybody does:
            if it signs you in, it trusts the certificate already.
          </p>
        </div>
        <Facts
          facts={[
            { label: 'Application', value: applicationName },
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
          Did nobody tell you about this? Then close the page: nothing has changed. It ends by a button, when
          this browser is closed, and at the latest at the time above.
        </p>
      </div>
    </SignInLayout>
  );
}

/** In lines of a length that people compare with another screen. */
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
