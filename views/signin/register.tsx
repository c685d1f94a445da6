import type { MfaType } from '../../src/credentials/mfa-device.ts';
import type { MfaSetup } from '../../src/credentials/mfa-setup.ts';
import { Callout } from '../components/callout.tsx';
import { Setup, setupScripts, setupTitle, type SetupProps } from '../components/mfa/setup.tsx';
import { TypeChoice } from '../components/mfa/type-choice.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface RegisterPageProps {
  page: PageContext;
  csrf: string;
  types: readonly MfaType[];
  /** Where the choice of a type is posted. */
  action: string;
  actions: SetupProps['actions'];
  /** The registration under way; left out until a type was chosen. */
  setup?: MfaSetup | undefined;
  error?: string | undefined;
}

/** The settings require an MFA device and this person has none: one is registered on the way. */
export function RegisterPage(props: RegisterPageProps) {
  const { page, csrf, types, action, actions, setup, error } = props;
  const title = setup ? setupTitle(setup) : 'Register MFA device';
  return (
    <SignInLayout
      page={page}
      title={error === undefined ? title : `Error: ${title}`}
      scripts={setup ? setupScripts(setup) : []}
    >
      <h1>{title}</h1>
      {setup ? (
        <Setup {...{ setup, csrf, actions, error }} others={types.length > 1} />
      ) : (
        <>
          <p class="v-lead">
            Your organization requires a second factor. Register a device once; then go on to where you were
            going.
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
