import type { MfaType } from '../../src/domain/credentials/mfa/device.ts';
import type { MfaSetup } from '../../src/domain/credentials/mfa/setup.ts';
import { Callout } from '../components/callout.tsx';
import { Setup, setupScripts, setupTitle, type SetupProps } from '../components/mfa/setup.tsx';
import { TypeChoice } from '../components/mfa/type-choice.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Who, type ChangeUser } from './password.tsx';

export interface RegisterPageProps {
  page: PageContext;
  csrf: string;
  /** The user who registers the device. */
  username: string;
  change: ChangeUser;
  types: readonly MfaType[];
  /** The action of the form that chooses a type. */
  action: string;
  actions: SetupProps['actions'];
  /** The started registration; absent until the user has chosen a type. */
  setup?: MfaSetup | undefined;
  error?: string | undefined;
}

/** Registers an MFA device during a sign-in, when the settings require one and the user has none. */
export function RegisterPage(props: RegisterPageProps) {
  const { page, csrf, username, change, types, action, actions, setup, error } = props;
  const title = setup ? setupTitle(setup) : 'Register MFA device';
  return (
    <SignInLayout
      page={page}
      title={error === undefined ? title : `Error: ${title}`}
      scripts={setup ? setupScripts(setup) : []}
    >
      <h1>{title}</h1>
      <Who {...{ username, change, csrf }} />
      {setup ? (
        <Setup {...{ setup, csrf, actions, error }} others={types.length > 1} />
      ) : (
        <>
          <p>
            Your organization requires a second factor beside your password. Register a device to continue.
          </p>
          {error !== undefined && (
            <Callout tone="danger" title="There is a problem">
              <p>{error}</p>
            </Callout>
          )}
          <TypeChoice {...{ action, csrf, types }} />
        </>
      )}
    </SignInLayout>
  );
}
