import type { AccountMenuProps } from '../components/account-menu.tsx';
import { Callout } from '../components/callout.tsx';
import { Icon } from '../components/icon.tsx';
import { State } from '../components/state.tsx';
import { Time, type When } from '../components/when.tsx';
import { PortalLayout } from '../layouts/portal-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface ListedTrust {
  id: string;
  /** Such as `Chrome on Windows`. */
  browser: string;
  ip: string;
  since: When;
  /** Whether it is this browser. */
  isThis: boolean;
}

export interface TrustedDevicesPageProps {
  page: PageContext;
  homeHref: string;
  account: AccountMenuProps;
  csrf: string;
  devices: readonly ListedTrust[];
  mode: 'disabled' | 'context-aware' | 'always-on';
}

/** The user's trusted devices, on which sign-ins don't ask for an MFA device (guide, "Trusted devices"). */
export function TrustedDevicesPage(props: TrustedDevicesPageProps) {
  const { page, homeHref, account, csrf, devices, mode } = props;
  return (
    <PortalLayout page={page} title="Trusted devices" homeHref={homeHref} account={account}>
      <div class="v-narrow">
        <div class="v-heading">
          <h1>Trusted devices</h1>
        </div>
        <p class="v-soft">
          Browsers that you trust, each at one IP address. When you sign in with one of them from its address,
          you aren’t asked for an MFA device.
        </p>
        {mode === 'always-on' && devices.length > 0 && (
          <Callout tone="info" title="MFA at every sign-in">
            <p>Your organization asks for an MFA device at every sign-in, also on trusted devices.</p>
          </Callout>
        )}
        {devices.length === 0 ? (
          <State level={2} icon="devices" title="You have no trusted devices">
            <p>To add one, choose “This is a trusted device” when a sign-in asks for your MFA device.</p>
          </State>
        ) : (
          <ul class="v-list">
            {devices.map(({ id, browser, ip, since, isThis }) => (
              <li key={id} class="v-list-item">
                <Icon name="device-desktop" class="v-list-icon" />
                <div class="v-list-text">
                  <h2>
                    {browser} {isThis && <span class="v-tag">This browser</span>}
                  </h2>
                  <p class="v-soft">
                    at {ip} · since <Time at={since} />
                  </p>
                </div>
                <form
                  class="v-list-actions"
                  method="post"
                  action={`${homeHref}/trusted-devices/${id}/forget`}
                >
                  <input type="hidden" name="csrf" value={csrf} />
                  <button type="submit" class="btn btn-sm v-button-quiet">
                    Stop trusting
                    <span class="visually-hidden">
                      {' '}
                      {browser} at {ip}
                    </span>
                  </button>
                </form>
              </li>
            ))}
          </ul>
        )}
      </div>
    </PortalLayout>
  );
}
