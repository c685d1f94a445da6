import { State } from '../components/state.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface ExpiredPageProps {
  page: PageContext;
  /** `expired`: it took too long; `other-browser`: it was started in another browser; `finished`: it was completed. */
  reason: 'expired' | 'other-browser' | 'finished';
  startHref: string;
}

const words: Record<ExpiredPageProps['reason'], { title: string; text: string }> = {
  expired: {
    title: 'This sign-in has expired',
    text: 'It was open for too long, so it was closed for your protection. Nothing you did is lost: start again.',
  },
  'other-browser': {
    title: 'This sign-in belongs to another browser',
    text: 'A sign-in can only be finished in the browser that began it. If you followed a link, start again here; if it happens every time, allow cookies for this site.',
  },
  finished: {
    title: 'This sign-in is finished',
    text: 'It has been used, and a sign-in works only once. Go to the portal, or start again.',
  },
};

/** Says why a sign-in can't continue, and how to start another. */
export function ExpiredPage({ page, reason, startHref }: ExpiredPageProps) {
  const { title, text } = words[reason];
  return (
    <SignInLayout page={page} title={title}>
      <State level={1} icon="hourglass" title={title}>
        <p>{text}</p>
        <p>If you came from an application, go back to it and choose its sign-in again.</p>
        <a class="btn btn-primary btn-lg w-100" href={startHref}>
          Start again
        </a>
      </State>
    </SignInLayout>
  );
}
