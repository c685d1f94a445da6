import { Icon } from '../components/icon.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface ConsoleLinkPageProps {
  page: PageContext;
  action: string;
  csrf: string;
}

/** The page of a link into the console. Only its button uses the link up. */
export function ConsoleLinkPage({ page, action, csrf }: ConsoleLinkPageProps) {
  const title = 'Open the console';
  return (
    <SignInLayout page={page} title={title}>
      <h1>{title}</h1>
      <p>
        This signs you in as an operator of this server, who sees all of its organizations, for eight hours.
        The link works once.
      </p>
      <form method="post" action={action} class="v-form">
        <input type="hidden" name="csrf" value={csrf} />
        <button type="submit" class="btn btn-primary btn-lg w-100">
          Open the console
          <Icon name="arrow-right" class="v-icon-after" />
        </button>
      </form>
      <p class="v-aside">If you didn’t ask for this link, close the page: nothing has changed.</p>
    </SignInLayout>
  );
}
