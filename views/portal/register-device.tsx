import type { MfaType } from '../../src/domain/credentials/mfa/device.ts';
import type { MfaSetup } from '../../src/domain/credentials/mfa/setup.ts';
import type { AccountMenuProps } from '../components/account-menu.tsx';
import { Callout } from '../components/callout.tsx';
import { Setup, setupScripts, setupTitle, type SetupProps } from '../components/mfa/setup.tsx';
import { TypeChoice } from '../components/mfa/type-choice.tsx';
import { PortalPanel } from '../layouts/portal-panel.tsx';
import type { PageContext } from '../page-context.tsx';

export interface RegisterDevicePageProps {
  page: PageContext;
  homeHref: string;
  account: AccountMenuProps;
  csrf: string;
  backHref: string;
  types: readonly MfaType[];
  /** Types of which the user has the maximum number of devices. */
  full: readonly MfaType[];
  action: string;
  actions: SetupProps['actions'];
  /** The started registration; absent until the user has chosen a type. */
  setup?: MfaSetup | undefined;
  error?: string | undefined;
}

/** Registers an MFA device: first the choice of its type, then its set-up. */
export function RegisterDevicePage(props: RegisterDevicePageProps) {
  const { csrf, types, full, action, actions, setup, error } = props;
  return (
    <PortalPanel
      {...props}
      title={setup ? setupTitle(setup) : 'Register MFA device'}
      backLabel="MFA devices"
      scripts={setup ? setupScripts(setup) : []}
    >
      {setup ? (
        <Setup {...{ setup, csrf, actions, error }} others={types.length > 1} />
      ) : (
        <>
          <p>Which kind of device do you want to sign in with?</p>
          {error !== undefined && (
            <Callout tone="danger" title="There is a problem">
              <p>{error}</p>
            </Callout>
          )}
          <TypeChoice {...{ action, csrf, types, full }} />
        </>
      )}
    </PortalPanel>
  );
}
