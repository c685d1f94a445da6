import { Facts } from '../components/facts.tsx';
import { Icon } from '../components/icon.tsx';
import { State } from '../components/state.tsx';
import { Time } from '../components/when.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { safeHref } from '../safe-href.ts';
import { Fingerprint, type ShownRehearsal } from './rehearsal.tsx';
import { Named } from '../components/named.tsx';

export interface RehearsalsPageProps {
  page: PageContext;
  csrf: string;
  rehearsals: readonly ShownRehearsal[];
  endAction: string;
  portalHref: string;
}

/** The rehearsals of this browser, and the button to end them. */
export function RehearsalsPage({ page, csrf, rehearsals, endAction, portalHref }: RehearsalsPageProps) {
  if (rehearsals.length === 0) return <NothingRehearsed {...{ page, portalHref }} />;
  const names = rehearsals.map(({ applicationName }) => applicationName).join(', ');
  return (
    <SignInLayout page={page} title={`Rehearsing: ${names}`}>
      <div class="v-rehearsal">
        <div>
          <h1>Certificate rehearsal</h1>
          <p>
            In this browser, responses are signed with a certificate that isn’t active yet. Sign in to the
            application to see whether it accepts them. In all other browsers, the active certificate signs.
          </p>
        </div>
        {rehearsals.map(({ applicationName, fingerprint, until, openHref }) => (
          <section key={openHref} class="v-rehearsal-one">
            <div>
              <h2>
                <Named text={applicationName} />
              </h2>
              <Facts
                facts={[
                  { label: 'Certificate (SHA-256)', value: <Fingerprint value={fingerprint} /> },
                  { label: 'Until', value: <Time at={until} /> },
                ]}
              />
            </div>
            <a class="btn btn-primary btn-lg w-100" href={safeHref(openHref)} target="_blank" rel="noopener">
              <Icon name="external-link" />
              Sign in to <Named text={applicationName} />
              <span class="visually-hidden"> (opens in a new tab)</span>
            </a>
          </section>
        ))}
        <form method="post" action={endAction}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="end" value="yes" />
          <button type="submit" class="btn btn-lg w-100 v-button-quiet">
            <Icon name="circle-x" />
            End the rehearsal
          </button>
        </form>
        <p class="v-aside">
          <a href={portalHref}>Go to the portal</a>
        </p>
      </div>
    </SignInLayout>
  );
}

function NothingRehearsed({ page, portalHref }: Pick<RehearsalsPageProps, 'page' | 'portalHref'>) {
  const title = 'No rehearsal in this browser';
  return (
    <SignInLayout page={page} title={title}>
      <State level={1} icon="circle-check" tone="good" title={title}>
        <p>Every response is signed with the active certificate of its application.</p>
        <a class="btn btn-primary btn-lg w-100" href={portalHref}>
          Go to the portal
        </a>
      </State>
    </SignInLayout>
  );
}
