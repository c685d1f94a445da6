import { ConsoleForm } from '../../components/console/console-form.tsx';
import { PostButton } from '../../components/console/post-button.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { SettingsBack } from './back.tsx';

export interface LogoPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  version: number;
  logo: { src: string; width: number; height: number } | null;
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
}

/** The logo, with the form for another one. */
export function LogoPage({ page, frame, version, logo, errors, error }: LogoPageProps) {
  const back = `${frame.homeHref}/settings`;
  return (
    <InstanceLayout {...{ page, frame }} title={formTitle('Logo', { errors, error })} place="settings">
      <SettingsBack href={back} />
      <h1>Logo</h1>
      <p class="v-lead">The portal and the sign-in pages show it in place of Vestibule’s name.</p>
      {logo ? <Present {...{ frame, version, logo }} /> : <p>There is no logo.</p>}
      {frame.mayChange && (
        <ConsoleForm
          id="logo"
          action={`${back}/logo`}
          csrf={frame.person.csrf}
          version={version}
          fields={[
            {
              ...{ kind: 'file', name: 'logo', label: logo ? 'Another logo' : 'Logo', error: errors['logo'] },
              accept: '.png,.jpg,.jpeg,image/png,image/jpeg',
              help: 'A PNG or JPEG of at most 64 KiB, and 2048 pixels in each direction. A transparent ground fits light and dark pages.',
            },
          ]}
          error={error}
          submitLabel="Save logo"
          cancelHref={back}
        />
      )}
    </InstanceLayout>
  );
}

function Present({
  frame,
  version,
  logo,
}: {
  frame: ConsoleFrame;
  version: number;
  logo: NonNullable<LogoPageProps['logo']>;
}) {
  return (
    <section class="v-preview" aria-labelledby="preview">
      <h2 id="preview">The logo now</h2>
      <p>
        <img class="v-preview-logo" src={logo.src} width={logo.width} height={logo.height} alt="The logo" />
      </p>
      {frame.mayChange && (
        <PostButton
          action={`${frame.homeHref}/settings/logo/remove`}
          csrf={frame.person.csrf}
          version={version}
          label="Remove the logo"
        />
      )}
    </section>
  );
}
