import { Banner } from '../../components/console/banner.tsx';
import { ConsoleForm } from '../../components/console/console-form.tsx';
import { CopiedValue } from '../../components/console/copied-value.tsx';
import { Facts } from '../../components/facts.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { SettingsBack } from './back.tsx';
import { CUSTOMIZING } from './guide-notes.ts';

export interface PortalUrlPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  presentUrl: string;
  isCustomized: boolean;
  /** Such as `https://sso.example.com`. */
  origin: string;
  alias: string;
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
}

/** Customizes the URL of the user portal, which is possible once. */
export function PortalUrlPage(props: PortalUrlPageProps) {
  const { page, frame, presentUrl, isCustomized, origin, alias, errors, error } = props;
  const back = `${frame.homeHref}/settings`;
  const title = formTitle('Customize the user portal URL', { errors, error });
  return (
    <InstanceLayout {...{ page, frame, title }} place="settings" guide={[CUSTOMIZING]}>
      <SettingsBack href={back} />
      <h1>Customize the user portal URL</h1>
      <Facts
        facts={[
          { label: 'User portal URL', value: <CopiedValue name="User portal URL" value={presentUrl} /> },
        ]}
      />
      {isCustomized && <p>The URL was customized, which is possible once. It can’t be changed.</p>}
      {!isCustomized && (
        <>
          <Banner tone="warning">This change is permanent: you can’t edit the URL later.</Banner>
          <ConsoleForm
            id="url"
            action={`${back}/url`}
            csrf={frame.person.csrf}
            fields={[
              {
                ...{ kind: 'url', name: 'alias', label: 'Domain name', value: alias, maxLength: 32 },
                error: errors['alias'],
                help: `3 to 32 lower-case letters, digits and hyphens. With “acme” the portal is ${origin}/acme/start.`,
              },
            ]}
            error={error}
            submitLabel="Save"
            cancelHref={back}
          />
        </>
      )}
    </InstanceLayout>
  );
}
