import {
  DeleteMfaDevicePage,
  RenameMfaDevicePage,
} from '../../../../views/console/users/mfa-device-forms.tsx';
import { RegisterMfaDevicePage } from '../../../../views/console/users/register-mfa-device.tsx';
import { UserMfaDevicesPage } from '../../../../views/console/users/user-mfa-devices.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';
import { appSetup, key, keySetup, when } from './parts.ts';

const user = { id: 'user-1', userName: 'ana@example.com', displayName: 'Ana Souza', enabled: true };
const userHref = `${frame.homeHref}/users/${user.id}`;
const devicesHref = `${userHref}/mfa-devices`;
const tabs = [
  { label: 'Profile', href: userHref },
  { label: 'MFA devices', href: devicesHref },
];
const list = { frame, user, tabs, currentHref: devicesHref, asked: true };
const devices = AWKWARD_NAMES.map((name, index) => ({
  ...{ ...key, id: `m-${index}`, name },
  ...(index % 2 === 0 && ({ type: 'TOTP', inSync: false, registered: when, lastUsed: null } as const)),
}));

const device = { id: 'm-1', name: AWKWARD_NAMES[0] };
const one = { frame, userName: user.userName, device, devicesHref };
const rename = { ...one, typed: 'Phone', version: 1, errors: {} };
const register = {
  ...{ frame, userName: user.userName, devicesHref, full: [], action: `${devicesHref}/register` },
  types: ['TOTP', 'WEBAUTHN'] as const,
  actions: { answer: `${devicesHref}/register/app`, cancel: `${devicesHref}/register/cancel` },
};

/** The pages of a user's MFA devices. */
export const consoleMfaDevicePages: PageSamples = {
  'console-mfa-devices': (page) => (
    <UserMfaDevicesPage
      {...{ page, ...list, devices }}
      registered={devices[0]?.id}
      done={{ text: 'The device was registered.' }}
    />
  ),
  'console-mfa-devices-none': (page) => (
    <UserMfaDevicesPage {...{ page, ...list, devices: [] }} asked={false} />
  ),
  'console-mfa-devices-disabled': (page) => (
    <UserMfaDevicesPage {...{ page, ...list, devices }} user={{ ...user, enabled: false }} />
  ),
  'console-mfa-devices-read-only': (page) => (
    <UserMfaDevicesPage {...{ page, ...list, devices }} frame={readOnlyFrame} />
  ),
  'console-mfa-device-register': (page) => (
    <RegisterMfaDevicePage {...{ page, ...register }} full={['TOTP']} error="Choose a type of device." />
  ),
  'console-mfa-device-register-app': (page) => (
    <RegisterMfaDevicePage {...{ page, ...register }} setup={appSetup} error="This code is wrong." />
  ),
  'console-mfa-device-register-key': (page) => (
    <RegisterMfaDevicePage {...{ page, ...register }} setup={keySetup} />
  ),
  'console-mfa-device-rename': (page) => (
    <RenameMfaDevicePage {...{ page, ...rename }} errors={{ name: 'The device’s name is empty.' }} />
  ),
  'console-mfa-device-rename-conflict': (page) => (
    <RenameMfaDevicePage
      {...{ page, ...rename }}
      conflict={{
        ...{ by: 'bo@example.com', when: 'at 4 May 2026, 09:12 UTC', takeTheirsHref: devicesHref },
        values: [{ label: 'Device name', yours: 'Phone', theirs: 'Old phone' }],
      }}
    />
  ),
  'console-mfa-device-delete': (page) => (
    <DeleteMfaDevicePage {...{ page, ...one }} error="Type DELETE, exactly as it is shown." />
  ),
};
