import type { MfaType } from '../../../src/domain/credentials/mfa/device.ts';
import type { MfaSetup } from '../../../src/domain/credentials/mfa/setup.ts';
import { Callout } from '../../components/callout.tsx';
import { Named } from '../../components/named.tsx';
import { Setup, setupScripts, setupTitle, type SetupProps } from '../../components/mfa/setup.tsx';
import { TypeChoice } from '../../components/mfa/type-choice.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { REGISTERING } from './guide-notes.ts';

export interface RegisterMfaDevicePageProps {
  page: PageContext;
  frame: ConsoleFrame;
  userName: string;
  /** The list of the user's devices. */
  devicesHref: string;
  types: readonly MfaType[];
  /** Types of which the user has the maximum number of devices. */
  full: readonly MfaType[];
  action: string;
  actions: SetupProps['actions'];
  /** The started registration; absent until a type was chosen. */
  setup?: MfaSetup | undefined;
  error?: string | undefined;
}

/** Registers an MFA device for a user (guide, “Register an MFA device”): first its type, then its set-up. */
export function RegisterMfaDevicePage(props: RegisterMfaDevicePageProps) {
  const { page, frame, userName, devicesHref, types, full, action, actions, setup, error } = props;
  const { csrf } = frame.person;
  const title = setup ? setupTitle(setup, 'users') : 'Register MFA device';
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={error === undefined ? title : `Nothing was registered: ${title}`}
      place="users"
      guide={[REGISTERING]}
      scripts={setup ? setupScripts(setup) : []}
    >
      <div class="v-narrow">
        <h1>{title}</h1>
        <p>
          For <Named text={userName} />. You need the user’s device at hand.
        </p>
        {setup ? (
          <Setup {...{ setup, csrf, actions, error }} others={types.length > 1} />
        ) : (
          <>
            {error !== undefined && (
              <Callout tone="danger" title="Nothing was registered">
                <p>{error}</p>
              </Callout>
            )}
            <TypeChoice {...{ action, csrf, types, full }} />
          </>
        )}
        <p class="v-aside">
          <a href={devicesHref}>Cancel</a>
        </p>
      </div>
    </InstanceLayout>
  );
}
