import type { PageSamples } from '../page-sample.ts';
import {
  DeleteDevicePage,
  NameNewDevicePage,
  RenameDevicePage,
} from '../../../../views/portal/mfa-device.tsx';
import type { ListedDevice } from '../../../../views/components/mfa/device-list.tsx';
import { MfaDevicesPage } from '../../../../views/portal/mfa-devices.tsx';
import { RegisterDevicePage } from '../../../../views/portal/register-device.tsx';
import { SessionsPage } from '../../../../views/portal/sessions.tsx';
import { TrustedDevicesPage } from '../../../../views/portal/trusted-devices.tsx';
import { when, appSetup, keySetup, registering, portal, key } from './parts.ts';

const phone: ListedDevice = {
  ...{ id: 'm-1', type: 'TOTP', name: 'Phone', inSync: false },
  ...{ registered: when, lastUsed: null },
};
const trusted = [
  { id: 't-1', browser: 'Chrome on Windows', ip: '192.0.2.17', since: when, isThis: true },
  { id: 't-2', browser: 'An unknown browser', ip: '2001:db8::17', since: when, isThis: false },
];
const LONG_NAME = 'A-key-with-a-very-long-name-for-the-office-in-the-north-of-town';
const oneDevice = { ...portal, action: '/go', type: 'TOTP', deviceName: 'Phone', inSync: true } as const;

/** The pages on which users manage their devices and sessions. */
export const devicePages: PageSamples = {
  'portal-mfa-devices': (page) => (
    <MfaDevicesPage page={page} {...portal} devices={[phone, key]} selfService={true} asked={true} />
  ),
  'portal-mfa-devices-long-name': (page) => (
    <MfaDevicesPage
      {...{ page, ...portal, devices: [{ ...key, name: LONG_NAME }, phone] }}
      selfService={true}
      asked={false}
    />
  ),
  'portal-mfa-devices-none': (page) => (
    <MfaDevicesPage page={page} {...portal} devices={[]} selfService={true} asked={false} />
  ),
  'portal-mfa-devices-managed': (page) => (
    <MfaDevicesPage page={page} {...portal} devices={[phone]} selfService={false} asked={true} />
  ),
  'portal-register': (page) => (
    <RegisterDevicePage page={page} {...portal} {...registering} full={['TOTP']} />
  ),
  'portal-register-app': (page) => (
    <RegisterDevicePage page={page} {...portal} {...registering} full={[]} setup={appSetup} />
  ),
  'portal-register-key': (page) => (
    <RegisterDevicePage
      page={page}
      {...portal}
      {...registering}
      full={[]}
      setup={keySetup}
      error="This device is registered already: choose another one."
    />
  ),
  'portal-device-registered': (page) => (
    <NameNewDevicePage page={page} {...oneDevice} deviceName="Authenticator app" inSync={false} />
  ),
  'portal-device-rename': (page) => (
    <RenameDevicePage
      page={page}
      {...oneDevice}
      name=""
      error="The device’s name must have 1 to 64 characters."
    />
  ),
  'portal-device-delete': (page) => <DeleteDevicePage page={page} {...oneDevice} />,
  'portal-device-delete-error': (page) => (
    <DeleteDevicePage page={page} {...oneDevice} error="Type DELETE, exactly as it is shown." />
  ),
  'portal-trusted-devices': (page) => (
    <TrustedDevicesPage page={page} {...portal} mode="context-aware" devices={trusted} />
  ),
  'portal-trusted-devices-always-on': (page) => (
    <TrustedDevicesPage page={page} {...portal} mode="always-on" devices={trusted} />
  ),
  'portal-trusted-devices-none': (page) => (
    <TrustedDevicesPage page={page} {...portal} mode="context-aware" devices={[]} />
  ),
  'portal-sessions': (page) => (
    <SessionsPage
      page={page}
      {...portal}
      olderHref="/older"
      sessions={['Firefox on Linux', 'Safari on iOS'].map((browser, index) => ({
        ...{ id: `s-${index}`, browser, ip: '192.0.2.17', signedIn: when, expires: when },
        factors: ['password', 'authenticator app'],
        isThis: index === 0,
      }))}
    />
  ),
};
