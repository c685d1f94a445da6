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
    text: 'It took too long, so it was closed for your security. Start again.',
  },
  'other-browser': {
    title: 'This sign-in belongs to another browser',
    text: 'A sign-in can only be finished in the browser in which it was started. If you followed a link, start again here. If this happens every time, allow cookies for this site.',
  },
  finished: {
    title: 'This sign-in is finished',
    text: 'You have already completed it. Start again to sign in once more.',
  },
};

/** Says why a sign-in can't continue, and how to start another. */
export function ExpiredPage({ page, reason, startHref }: ExpiredPageProps) {
  const { title, text } = words[reason];
  return (
    <SignInLayout page={page} title={title}>
      <State level={1} icon="hourglass" title={title}>
        <p>{text}</p>
        <p>If you came from an application, go back to it and sign in again from there.</p>
        <a class="btn btn-primary btn-lg w-100" href={startHref}>
          Start again
        </a>
      </State>
    </SignInLayout>
  );
}
