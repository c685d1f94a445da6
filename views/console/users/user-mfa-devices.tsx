import { Callout } from '../../components/callout.tsx';
import { Icon } from '../../components/icon.tsx';
import { DeviceList, type ListedDevice } from '../../components/mfa/device-list.tsx';
import { State } from '../../components/state.tsx';
import { DELETING, REGISTERING, RENAMING } from './guide-notes.ts';
import { UserDetail, type UserDetailProps } from './user-detail.tsx';

export interface UserMfaDevicesPageProps extends Omit<UserDetailProps, 'children'> {
  devices: readonly ListedDevice[];
  /** The id of the device that was just registered. */
  registered?: string | undefined;
  /** Whether sign-ins ask for a device at all. */
  asked: boolean;
}

/** A user's MFA devices (guide, “Manage a user's MFA device”). */
export function UserMfaDevicesPage(props: UserMfaDevicesPageProps) {
  const { frame, user, currentHref, devices, asked, done, registered } = props;
  const named = devices.find(({ id }) => id === registered);
  const link = named && {
    label: 'Give it a name that the user recognizes',
    href: `${currentHref}/${named.id}/rename`,
  };
  const mayChange = frame.mayChange && user.enabled;
  return (
    <UserDetail {...props} done={done && { ...done, link }} guide={[REGISTERING, RENAMING, DELETING]}>
      <section aria-labelledby="devices">
        <div class="v-heading">
          <h2 id="devices">MFA devices</h2>
          {mayChange && (
            <a class="btn btn-primary" href={`${currentHref}/register`}>
              <Icon name="plus" />
              Register MFA device
            </a>
          )}
        </div>
        {!user.enabled && <p>The devices of a disabled user can’t be changed.</p>}
        {!asked && (
          <Callout tone="info" title="MFA is off">
            <p>
              No sign-in asks for a device.{' '}
              {devices.length > 0 && 'Devices are kept until multi-factor authentication is turned on again.'}
            </p>
          </Callout>
        )}
        {devices.length === 0 ? (
          <State level={2} icon="shield-check" title="No MFA devices">
            <p>
              Register a device that you have at hand, or let users register theirs: “Who can manage MFA
              devices”, in the settings.
            </p>
          </State>
        ) : (
          <DeviceList devices={devices} base={currentHref} mayChange={mayChange} headingLevel={3} />
        )}
      </section>
    </UserDetail>
  );
}
