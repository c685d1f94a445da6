import type { MfaType } from '../../src/domain/credentials/mfa/device.ts';
import type { AccountMenuProps } from '../components/account-menu.tsx';
import { Callout } from '../components/callout.tsx';
import { Icon } from '../components/icon.tsx';
import { TYPE_WORDS } from '../components/mfa/words.ts';
import { State } from '../components/state.tsx';
import { Time, type When } from '../components/when.tsx';
import { PortalLayout } from '../layouts/portal-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface ListedDevice {
  id: string;
  type: MfaType;
  name: string;
  inSync: boolean;
  registered: When;
  lastUsed: When | null;
}

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
          <ul class="v-list">
            {devices.map((device) => (
              <Device key={device.id} device={device} base={base} selfService={selfService} />
            ))}
          </ul>
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

function Device({ device, base, selfService }: { device: ListedDevice; base: string; selfService: boolean }) {
  const { id, type, name, inSync, registered, lastUsed } = device;
  return (
    <li class="v-list-item">
      <Icon name={TYPE_WORDS[type].icon} class="v-list-icon" />
      <div class="v-list-text">
        <h2>{name}</h2>
        <p class="v-soft">
          {TYPE_WORDS[type].name} · registered <Time at={registered} /> ·{' '}
          {lastUsed === null ? (
            'never used'
          ) : (
            <>
              last used <Time at={lastUsed} />
            </>
          )}
        </p>
        {!inSync && (
          <p class="v-list-note">
            <Icon name="alert-triangle" />
            Out of sync: the next sign-in with it asks for two codes in a row.
          </p>
        )}
      </div>
      {selfService && (
        <div class="v-list-actions">
          <a class="btn btn-sm v-button-quiet" href={`${base}/${id}/rename`}>
            <Icon name="edit" />
            Rename<span class="visually-hidden"> {name}</span>
          </a>
          <a class="btn btn-sm v-button-quiet" href={`${base}/${id}/delete`}>
            <Icon name="trash" />
            Delete<span class="visually-hidden"> {name}</span>
          </a>
        </div>
      )}
    </li>
  );
}
