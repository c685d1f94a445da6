import { State } from '../components/state.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface RehearsalOverPageProps {
  page: PageContext;
  portalHref: string;
  /** Where this browser sees what it rehearses, if it rehearses anything. */
  rehearsalsHref?: string | undefined;
}

/** The link of a rehearsal that can't be taken any more. */
export function RehearsalOverPage({ page, portalHref, rehearsalsHref }: RehearsalOverPageProps) {
  const title = 'This rehearsal is over or taken';
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
