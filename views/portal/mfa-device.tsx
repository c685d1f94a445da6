import type { MfaType } from '../../src/domain/credentials/mfa/device.ts';
import type { AccountMenuProps } from '../components/account-menu.tsx';
import { Callout } from '../components/callout.tsx';
import { DeviceName } from '../components/mfa/device-name.tsx';
import { TYPE_WORDS } from '../components/mfa/words.ts';
import { SignInForm, describedBy } from '../components/signin-form.tsx';
import { PortalPanel } from '../layouts/portal-panel.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

export interface MfaDevicePageProps {
  page: PageContext;
  homeHref: string;
  account: AccountMenuProps;
  csrf: string;
  /** The list of devices. */
  backHref: string;
  action: string;
  type: MfaType;
  deviceName: string;
  inSync: boolean;
  /** The name entered in the last attempt. */
  name?: string | undefined;
  error?: string | undefined;
}

const back = 'MFA devices';

/** Lets the user name a device that was just registered. */
export function NameNewDevicePage(props: MfaDevicePageProps) {
  const { backHref, inSync } = props;
  return (
    <PortalPanel {...props} title="Your device is registered" backLabel={back}>
      <p>Give it a name that you will recognize, or keep this one.</p>
      {!inSync && (
        <Callout tone="info" title="The device is out of sync">
          <p>
            The code that you entered had expired. When you first sign in with this app, you are asked for two
            codes in a row.
          </p>
        </Callout>
      )}
      <NameForm {...props} />
      <p class="v-aside">
        <a href={backHref}>Keep this name</a>
      </p>
    </PortalPanel>
  );
}

export function RenameDevicePage(props: MfaDevicePageProps) {
  return (
    <PortalPanel {...props} title="Rename MFA device" backLabel={back}>
      <NameForm {...props} />
    </PortalPanel>
  );
}

function NameForm({ action, csrf, deviceName, name = deviceName, error }: MfaDevicePageProps) {
  return (
    <SignInForm action={action} csrf={csrf} fieldId="name" submitLabel="Save" error={error}>
      <DeviceName name={name} error={error} described={describedBy({ error })} />
    </SignInForm>
  );
}

/** Deletes a device after the user types DELETE (guide, "To delete an MFA device"; field `confirmation`). */
export function DeleteDevicePage(props: MfaDevicePageProps) {
  const { action, csrf, backHref, deviceName, type, error } = props;
  return (
    <PortalPanel {...props} title="Delete MFA device" backLabel={back}>
      <p>
        Once it is deleted,{' '}
        <strong class="v-break">
          <Named text={deviceName} />
        </strong>{' '}
        ({TYPE_WORDS[type].name.toLowerCase()}) can’t be used to sign in. If it is your last device, your
        trusted devices are removed too.
      </p>
      <SignInForm {...{ action, csrf, error }} fieldId="confirmation" submitLabel="Delete" destroys>
        <div class="v-field">
          <label class="form-label" for="confirmation">
            Type DELETE to confirm
          </label>
          <input
            id="confirmation"
            name="confirmation"
            type="text"
            class="form-control form-control-lg"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            required
            autofocus={error !== undefined}
            maxlength={16}
            aria-invalid={error === undefined ? undefined : 'true'}
            aria-describedby={describedBy({ error })}
          />
        </div>
      </SignInForm>
      <p class="v-aside">
        <a href={backHref}>Keep the device</a>
      </p>
    </PortalPanel>
  );
}
