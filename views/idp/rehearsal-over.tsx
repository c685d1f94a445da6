import { State } from '../components/state.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface RehearsalOverPageProps {
  page: PageContext;
  portalHref: string;
  /** The page with this browser's rehearsals, if it has any. */
  rehearsalsHref?: string | undefined;
}

/** Shown for a rehearsal link that can't be used any more. */
export function RehearsalOverPage({ page, portalHref, rehearsalsHref }: RehearsalOverPageProps) {
  const title = 'This rehearsal has ended or is in use';
  return (
    <SignInLayout page={page} title={title}>
      <State level={1} icon="hourglass" title={title}>
        <p>
          The link works in one browser, for an hour, and until its certificate is set as active or deleted.
          Ask the person who sent it for a new one.
        </p>
        {rehearsalsHref !== undefined && (
          <a class="btn btn-primary btn-lg w-100" href={rehearsalsHref}>
            Show the rehearsals in this browser
          </a>
        )}
        <a class="btn btn-lg w-100 v-button-quiet" href={portalHref}>
          Go to the portal
        </a>
      </State>
    </SignInLayout>
  );
}
