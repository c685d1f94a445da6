import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import type { Conflict } from '../../components/console/conflict-notice.tsx';
import { ConsoleForm } from '../../components/console/console-form.tsx';
import { Named } from '../../components/named.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { DELETING, RENAMING } from './guide-notes.ts';

export interface MfaDeviceFormProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** The user to whom the device belongs. */
  userName: string;
  device: { readonly id: string; readonly name: string };
  /** The list of the user's devices. */
  devicesHref: string;
  error?: string | undefined;
}

export interface RenameMfaDevicePageProps extends MfaDeviceFormProps {
  typed: string;
  version: number;
  errors: Readonly<Record<string, string>>;
  conflict?: Conflict | undefined;
}

/** Renames a user's MFA device (guide, “Manage a user's MFA device”). */
export function RenameMfaDevicePage(props: RenameMfaDevicePageProps) {
  const { page, frame, userName, device, devicesHref, typed, version, errors, error, conflict } = props;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={formTitle('Rename MFA device', { errors, error, conflict })}
      place="users"
      guide={[RENAMING]}
    >
      <h1>Rename MFA device</h1>
      <p>
        <Named text={device.name} />, a device of <Named text={userName} />.
      </p>
      <ConsoleForm
        id="device"
        action={`${devicesHref}/${device.id}/rename`}
        csrf={frame.person.csrf}
        fields={[
          { ...{ kind: 'text', name: 'name', label: 'Device name', value: typed }, error: errors['name'] },
        ]}
        {...{ error, version, conflict }}
        submitLabel="Rename"
        cancelHref={devicesHref}
      />
    </InstanceLayout>
  );
}

/** Deletes a user's MFA device after DELETE was typed (guide, “Manage a user's MFA device”). */
export function DeleteMfaDevicePage(props: MfaDeviceFormProps & { problem?: string | undefined }) {
  const { page, frame, userName, device, devicesHref, error, problem } = props;
  const isRefused = error !== undefined || problem !== undefined;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={isRefused ? 'Nothing was changed: Delete MFA device' : 'Delete MFA device'}
      place="users"
      guide={[DELETING]}
    >
      <h1>Delete MFA device</h1>
      <p>
        <Named text={device.name} />, a device of <Named text={userName} />.
      </p>
      <ConfirmByWord
        id="device"
        action={`${devicesHref}/${device.id}/delete`}
        csrf={frame.person.csrf}
        word="DELETE"
        consequences={[
          'The device can’t be used to sign in any more.',
          'If it is the user’s last one, the browsers that the user trusts are forgotten too.',
        ]}
        {...{ error, problem }}
        submitLabel="Delete"
        cancelHref={devicesHref}
        cancelLabel="Keep the device"
      />
    </InstanceLayout>
  );
}
