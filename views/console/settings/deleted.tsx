import { CopiedValue } from '../../components/console/copied-value.tsx';
import { State } from '../../components/state.tsx';
import { SignInLayout } from '../../layouts/signin-layout.tsx';
import type { PageContext } from '../../page-context.tsx';

export interface ConfigurationDeletedPageProps {
  page: PageContext;
  organizationId: string;
}

/** The last page for an administrator, whose account was deleted with everything else. */
export function ConfigurationDeletedPage({ page, organizationId }: ConfigurationDeletedPageProps) {
  const title = 'The configuration was deleted';
  return (
    <SignInLayout page={page} title={title}>
      <State level={1} icon="circle-check" title={title}>
        <p>
          Your account was a part of it, and so this console is closed. An operator of the server can enable
          the organization again, by its id:
        </p>
        <p>
          <CopiedValue name="organization id" value={organizationId} />
        </p>
      </State>
    </SignInLayout>
  );
}
