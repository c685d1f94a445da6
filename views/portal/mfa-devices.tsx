import type { AccountMenuProps } from '../components/account-menu.tsx';
import { Callout } from '../components/callout.tsx';
import { Icon } from '../components/icon.tsx';
import { DeviceList, type ListedDevice } from '../components/mfa/device-list.tsx';
import { State } from '../components/state.tsx';
import { PortalLayout } from '../layouts/portal-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface MfaDevicesPageProps {
  page: PageContext;
  homeHref: string;
  account: AccountMenuProps;
  devices: readonly ListedDevice[];
  /** Whether users may manage their own devices. */
  selfService: boolean;
  /** Whether sign-ins ask for a device at all. */
  asked: boolean;
}

const TITLE = 'Multi-factor authentication (MFA) devices';

/** The user's MFA devices (guide, "How to register a device for use with multi-factor authentication"). */
export function MfaDevicesPage(props: MfaDevicesPageProps) {
  const { page, homeHref, account, devices, selfService, asked } = props;
  const base = `${homeHref}/mfa-devices`;
  return (
    <PortalLayout page={page} title={TITLE} homeHref={homeHref} account={account}>
      <div class="v-narrow">
        <div class="v-heading">
          <h1>{TITLE}</h1>
          {selfService ? (
            <a class="btn btn-primary" href={`${base}/register`}>
              <Icon name="plus" />
              Register device
            </a>
          ) : (
            <button type="button" class="btn btn-primary" disabled aria-describedby="why-disabled">
              <Icon name="plus" />
              Register device
            </button>
          )}
        </div>
        {!selfService && (
          <div id="why-disabled">
            <Callout tone="info" title="Managed by your administrator">
              <p>To register, rename or delete a device, contact your administrator for assistance.</p>
            </Callout>
          </div>
        )}
        {!asked && (
          <Callout tone="info" title="MFA is off">
            <p>
              Your organization has turned off multi-factor authentication.{' '}
              {devices.length > 0 && 'Your devices are kept until it is turned on again.'}
            </p>
          </Callout>
        )}
        {devices.length === 0 ? (
          <NoDevices selfService={selfService} />
        ) : (
          <DeviceList devices={devices} base={base} mayChange={selfService} />
        )}
      </div>
    </PortalLayout>
  );
}

function NoDevices({ selfService }: { selfService: boolean }) {
  return (
    <State level={2} icon="shield-check" title="You have no MFA devices">
      <p>
        A device protects your account even if somebody knows your password.{' '}
        {selfService
          ? 'Register an authenticator app, a security key or the fingerprint reader of your computer.'
          : 'Your administrator can register one for you.'}
      </p>
    </State>
  );
}
