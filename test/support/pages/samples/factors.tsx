import type { PageSamples } from '../page-sample.ts';
import { EmailCodePage } from '../../../../views/signin/email-code.tsx';
import { NameDevicePage } from '../../../../views/signin/name-device.tsx';
import { RegisterPage } from '../../../../views/signin/register.tsx';
import { ResyncPage } from '../../../../views/signin/resync.tsx';
import { SecurityKeyPage } from '../../../../views/signin/security-key.tsx';
import { TotpPage } from '../../../../views/signin/totp.tsx';
import { signIn, appSetup, keySetup, registering, factor } from './parts.ts';

/** The pages of a second factor, and of registering one during a sign-in. */
export const factorPages: PageSamples = {
  'signin-totp': (page) => (
    <TotpPage
      page={page}
      {...factor}
      applicationName="Orchard Wiki"
      others={{ action: '/choose', types: ['WEBAUTHN', 'RESYNC_TOTP'] }}
    />
  ),
  'signin-totp-error': (page) => (
    <TotpPage
      page={page}
      {...factor}
      trust={{ checked: true }}
      error="The code is wrong. Enter the code that your authenticator app shows now."
      others={{ action: '/choose', types: ['RESYNC_TOTP'] }}
    />
  ),
  'signin-totp-always': (page) => <TotpPage page={page} {...factor} trust={undefined} />,
  'signin-resync': (page) => (
    <ResyncPage page={page} {...factor} others={{ action: '/choose', types: ['TOTP', 'WEBAUTHN'] }} />
  ),
  'signin-security-key': (page) => (
    <SecurityKeyPage
      page={page}
      {...factor}
      options={{ challenge: 'AAAA', rpId: 'localhost' }}
      others={{ action: '/choose', types: ['TOTP'] }}
    />
  ),
  'signin-security-key-error': (page) => (
    <SecurityKeyPage
      page={page}
      {...factor}
      options={{ challenge: 'AAAA', rpId: 'localhost' }}
      error="This isn’t one of your registered security keys, or it took too long. Try again."
    />
  ),
  'signin-security-key-address': (page) => <SecurityKeyPage page={page} {...factor} options={undefined} />,
  'signin-email-code': (page) => (
    <EmailCodePage page={page} {...factor} address="a•••@example.com" sendAction="/send" />
  ),
  'signin-email-code-tried': (page) => (
    <EmailCodePage page={page} {...factor} address="a•••@example.com" sendAction="/send" over="tried" />
  ),
  'signin-register': (page) => <RegisterPage page={page} {...registering} />,
  'signin-register-error': (page) => (
    <RegisterPage
      page={page}
      {...registering}
      error="This registration took too long, or was started again elsewhere. Start again."
    />
  ),
  'signin-register-app': (page) => <RegisterPage page={page} {...registering} setup={appSetup} />,
  'signin-register-app-error': (page) => (
    <RegisterPage
      page={page}
      {...registering}
      types={['TOTP']}
      setup={appSetup}
      error="This code is wrong. Enter the one that the app shows now."
    />
  ),
  'signin-register-key': (page) => <RegisterPage page={page} {...registering} setup={keySetup} />,
  'signin-register-key-address': (page) => (
    <RegisterPage page={page} {...registering} setup={{ type: 'WEBAUTHN', options: null }} />
  ),
  'signin-name-device': (page) => (
    <NameDevicePage page={page} {...signIn} name="Authenticator app" inSync={true} />
  ),
  'signin-name-device-error': (page) => (
    <NameDevicePage
      page={page}
      {...signIn}
      name=""
      inSync={false}
      error="The device’s name must have 1 to 64 characters."
    />
  ),
};
