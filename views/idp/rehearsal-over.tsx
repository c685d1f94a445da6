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
          A link works for one browser and for an hour, and no longer once its certificate is set as active or
          deleted. Ask for another one where you got it.
        </p>
        {rehearsalsHref !== undefined && (
          <a class="btn btn-primary btn-lg w-100" href={rehearsalsHref}>
            What this browser rehearses
          </a>
        )}
        <a class="btn btn-lg w-100 v-button-quiet" href={portalHref}>
          Go to the portal
        </a>
      </State>
    </SignInLayout>
  );
}
