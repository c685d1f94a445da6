import { Callout } from '../components/callout.tsx';
import { DeviceName } from '../components/mfa/device-name.tsx';
import { SignInForm, describedBy } from '../components/signin-form.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface NameDevicePageProps {
  page: PageContext;
  action: string;
  csrf: string;
  /** The device's current name, or the name that was entered. */
  name: string;
  /** False when the app's first code was too old. */
  inSync: boolean;
  error?: string | undefined;
}

/** Lets the user name a device that was registered during the sign-in. */
export function NameDevicePage({ page, action, csrf, name, inSync, error }: NameDevicePageProps) {
  return (
    <SignInLayout page={page} title={error === undefined ? 'Name your device' : 'Error: Name your device'}>
      <h1>Name your device</h1>
      <p class="v-lead">
        Your device is registered. Give it a name that you will recognize, or keep this one.
      </p>
      {!inSync && (
        <Callout tone="info" title="The device is out of sync">
          <p>The code that you entered had expired. Next, you are asked for two new codes.</p>
        </Callout>
      )}
      <SignInForm action={action} csrf={csrf} fieldId="name" submitLabel="Save" error={error}>
        <DeviceName name={name} error={error} described={describedBy({ error })} />
      </SignInForm>
      <form method="post" action={action} class="v-aside">
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="skip" value="yes" />
        <button type="submit" class="v-link-button">
          Skip
        </button>
      </form>
    </SignInLayout>
  );
}
