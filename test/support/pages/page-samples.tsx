import { readFileSync } from 'node:fs';
import type { VNode } from 'preact';
import { qrCodeOf } from '../../../src/domain/credentials/mfa/setup.ts';
import { totpUri } from '../../../src/domain/credentials/mfa/totp/totp.ts';
import { AddressPage } from '../../../views/address/address.tsx';
import { ErrorPage } from '../../../views/errors/error-page.tsx';
import { DeliveryPage } from '../../../views/idp/delivery.tsx';
import { AdministratorPage } from '../../../views/idp/administrator/page.tsx';
import { LeavingPage } from '../../../views/idp/leaving.tsx';
import { RehearsalPage } from '../../../views/idp/rehearsal.tsx';
import { RehearsalOverPage } from '../../../views/idp/rehearsal-over.tsx';
import { RehearsalsPage } from '../../../views/idp/rehearsals.tsx';
import type { SampleBrand } from '../../../views/layouts/sample-layout.tsx';
import type { PageContext } from '../../../views/page-context.tsx';
import { type ApplicationTile, PortalHomePage } from '../../../views/portal/home.tsx';
import { DeleteDevicePage, NameNewDevicePage, RenameDevicePage } from '../../../views/portal/mfa-device.tsx';
import { type ListedDevice, MfaDevicesPage } from '../../../views/portal/mfa-devices.tsx';
import { NoAccessPage } from '../../../views/portal/no-access.tsx';
import { RegisterDevicePage } from '../../../views/portal/register-device.tsx';
import { SessionsPage } from '../../../views/portal/sessions.tsx';
import { TrustedDevicesPage } from '../../../views/portal/trusted-devices.tsx';
import { SampleRequestPage } from '../../../views/samples/request.tsx';
import { SampleLandingPage } from '../../../views/samples/landing.tsx';
import { SampleProfilePage } from '../../../views/samples/profile.tsx';
import { SampleRefusedPage } from '../../../views/samples/refused.tsx';
import { SampleSetupPage } from '../../../views/samples/setup.tsx';
import { ChangePasswordPage } from '../../../views/signin/change-password.tsx';
import { ContinuePage } from '../../../views/signin/continue.tsx';
import { DeniedPage } from '../../../views/signin/denied.tsx';
import { EmailCodePage } from '../../../views/signin/email-code.tsx';
import { ExpiredPage } from '../../../views/signin/expired.tsx';
import { ForgotPasswordPage } from '../../../views/signin/forgot-password.tsx';
import { ForgotPasswordSentPage } from '../../../views/signin/forgot-password-sent.tsx';
import { IdentifyPage } from '../../../views/signin/identify.tsx';
import { PasswordChangedPage } from '../../../views/signin/password-changed.tsx';
import { PasswordLinkPage } from '../../../views/signin/password-link.tsx';
import { PasswordLinkEndedPage } from '../../../views/signin/password-link-ended.tsx';
import { NameDevicePage } from '../../../views/signin/name-device.tsx';
import { PasswordPage } from '../../../views/signin/password.tsx';
import { RegisterPage } from '../../../views/signin/register.tsx';
import { ResyncPage } from '../../../views/signin/resync.tsx';
import { SecurityKeyPage } from '../../../views/signin/security-key.tsx';
import { SignedOutPage } from '../../../views/signin/signed-out.tsx';
import { TotpPage } from '../../../views/signin/totp.tsx';
import { UnavailableStepPage } from '../../../views/signin/unavailable-step.tsx';
import { faultySample, goodSample, statusSample } from './inspection-props.ts';
import { apiPageSample } from './api-page.tsx';

const home = '/d-906700aaaa/start';
const account = {
  user: { displayName: 'Ana Souza', userName: 'ana', email: 'ana@example.com' },
  signOutAction: '/d-906700aaaa/signout',
  csrf: 'csrf-token',
};
const signIn = { action: '/d-906700aaaa/signin/s-1', csrf: 'csrf-token' };

const when = { iso: '2026-05-05T14:00:00.000Z', text: '5 May 2026, 14:00 UTC' };
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const appSetup = {
  type: 'TOTP',
  secret,
  qrCode: await qrCodeOf(await totpUri('Example Corp', 'ana@example.com', secret)),
} as const;
const keySetup = { type: 'WEBAUTHN', options: '{"timeout":300000}' } as const;
const registering = {
  csrf: 'csrf-token',
  username: 'ana@example.com',
  change: { kind: 'form', action: '/change' },
  types: ['TOTP', 'WEBAUTHN'],
  action: '/register',
  actions: { app: '/register/app', key: '/register/key', cancel: '/register/cancel' },
} as const;
const rehearsal = {
  applicationName: 'Orchard Wiki',
  fingerprint: Array.from({ length: 32 }, (_, index) => (index * 7 + 16).toString(16).toUpperCase()).join(
    ':',
  ),
  ...{ until: when, openHref: '/d-906700aaaa/saml/assertion/ins-1' },
};
const ledger = { applicationName: 'Ledger', openHref: '/d-906700aaaa/saml/assertion/ins-2' };
const rehearsing = { csrf: 'csrf-token', endAction: '/end', portalHref: home };
const portal = { homeHref: home, account, csrf: 'csrf-token', backHref: `${home}/mfa-devices` };
const phone: ListedDevice = {
  ...{ id: 'm-1', type: 'TOTP', name: 'Phone', inSync: false },
  ...{ registered: when, lastUsed: null },
};
const key: ListedDevice = {
  ...{ id: 'm-2', type: 'WEBAUTHN', name: 'Laptop' },
  ...{ inSync: true, registered: when, lastUsed: when },
};
const trusted = [
  { id: 't-1', browser: 'Chrome on Windows', ip: '192.0.2.17', since: when, isThis: true },
  { id: 't-2', browser: 'An unknown browser', ip: '2001:db8::17', since: when, isThis: false },
];
const LONG_NAME = 'A-key-with-a-very-long-name-for-the-office-in-the-north-of-town';
const oneDevice = { ...portal, action: '/go', type: 'TOTP', deviceName: 'Phone', inSync: true } as const;
const address = {
  ...{ action: '/d-906700aaaa/address', csrf: 'csrf-token', signIn: 's-1' },
  ...{ address: '203.0.113.7', realAddress: '127.0.0.1' },
};
const factor = {
  ...signIn,
  username: 'ana@example.com',
  change: { kind: 'form', action: '/change' },
  trust: { checked: false },
  others: { action: '/choose', types: [] },
} as const;
const rules = ['Passwords must have 8 to 64 characters.', 'Passwords must have a number (0-9).'];

// Drawn once by svg-captcha as captcha.ts does: it would be another one each time.
const drawing = readFileSync(new URL('../../fixtures/captcha.svg', import.meta.url)).toString('base64');
const captchaImage = `data:image/svg+xml;base64,${drawing}`;
const forgot = {
  ...{ action: '/d-906700aaaa/forgot-password', csrf: 'csrf-token', startHref: home, challenge: 'sealed' },
};
const link = {
  ...{ action: '/d-906700aaaa/invitation/t', csrf: 'csrf-token', username: 'ana@example.com' },
  rules: ['Passwords must have 8 to 64 characters.', 'Passwords must have a number (0-9).'],
};
const ended = { startHref: home, forgotHref: '/d-906700aaaa/forgot-password' };

const orchard: SampleBrand = {
  name: 'Orchard Wiki',
  tagline: 'What your team knows, in one place.',
  accent: 'violet',
  homeHref: '/samples/wiki/',
};
const harbour: SampleBrand = {
  name: 'Harbour Expenses',
  tagline: 'Expenses, settled by Friday.',
  accent: 'rust',
  homeHref: '/samples/expenses/',
};

const tile = (name: string, description?: string, icon?: string): ApplicationTile => ({
  id: name,
  name,
  description,
  icon,
  href: `/d-906700aaaa/saml/assertion/${encodeURIComponent(name)}`,
});

export const sampleTiles: readonly ApplicationTile[] = [
  tile('Orchard Wiki', 'What the team knows: guides, decisions, notes', 'book'),
  tile('Harbour Expenses', 'Receipts and travel costs', 'receipt'),
  tile('Build pipeline', 'Continuous integration'),
  tile(
    'Customer support',
    'Tickets from customers, with a description that is far too long for the two lines it has',
    'headset',
  ),
  tile('Überblick', 'Zahlen des Monats', 'chart-bar'),
  tile('Payroll'),
  tile('Fleet', 'Cars and trucks', 'truck'),
  tile('Learning', undefined, 'school'),
  tile('Warehouse-and-logistics-planning-system-for-the-northern-region', 'A very long name'),
];

const sampleXml = `<?xml version="1.0" encoding="UTF-8"?><samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_7c1f0a52" Version="2.0" IssueInstant="2026-05-05T14:00:00.000Z" Destination="http://localhost:8080/samples/wiki/acs" InResponseTo="_b42d"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">http://localhost:8080/d-906700aaaa/saml/assertion/a-1</saml:Issuer><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignatureValue>${'kZ3vQm8x'.repeat(43)}==</ds:SignatureValue></ds:Signature><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0"><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">ana@example.com</saml:NameID></saml:Subject><saml:AttributeStatement><saml:Attribute Name="displayName"><saml:AttributeValue>Ana &lt;b&gt;Souza&lt;/b&gt;</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>`;

/** Every page by name, with made-up data: for screenshots, accessibility checks and unit tests. */
export const pageSamples: Readonly<Record<string, (page: PageContext) => VNode>> = {
  'signin-identify': (page) => <IdentifyPage page={page} {...signIn} />,
  'signin-identify-error': (page) => (
    <IdentifyPage
      page={page}
      {...signIn}
      username=""
      applicationName="Orchard Wiki"
      error="Enter your username."
    />
  ),
  'signin-password': (page) => (
    <PasswordPage
      page={page}
      {...signIn}
      username="ana@example.com"
      change={{ kind: 'link', href: '/start' }}
      forgotHref="/d-906700aaaa/forgot-password"
    />
  ),
  'signin-password-error': (page) => (
    <PasswordPage
      page={page}
      {...signIn}
      username="a-user-with-a-very-long-name-indeed@department.example.com"
      change={{ kind: 'form', action: '/change' }}
      error="The username or password is incorrect."
    />
  ),
  'signin-forgot-password': (page) => (
    <ForgotPasswordPage {...forgot} page={page} question={{ kind: 'image', src: captchaImage }} />
  ),
  'signin-forgot-password-words': (page) => (
    <ForgotPasswordPage
      {...forgot}
      page={page}
      username="ana@example.com"
      question={{ kind: 'words', text: 'How much is seven plus four?' }}
      trouble={{ field: 'captcha', error: 'The answer is wrong, or the question was too old. Try this one.' }}
    />
  ),
  'signin-forgot-password-throttled': (page) => (
    <ForgotPasswordPage
      {...forgot}
      page={page}
      question={{ kind: 'image', src: captchaImage }}
      throttled={{ retryAfterText: '5 minutes' }}
    />
  ),
  'signin-forgot-password-sent': (page) => <ForgotPasswordSentPage page={page} startHref={home} />,
  'signin-invitation': (page) => <PasswordLinkPage {...link} page={page} purpose="invitation" faults={[]} />,
  'signin-reset-password': (page) => <PasswordLinkPage {...link} page={page} purpose="reset" faults={[]} />,
  'signin-reset-password-error': (page) => (
    <PasswordLinkPage
      {...link}
      page={page}
      purpose="reset"
      faults={['Passwords must have 8 to 64 characters.', 'Passwords must have a number (0-9).']}
    />
  ),
  'signin-invitation-ended': (page) => <PasswordLinkEndedPage {...ended} page={page} reason="invitation" />,
  'signin-reset-password-ended': (page) => <PasswordLinkEndedPage {...ended} page={page} reason="reset" />,
  'signin-link-disabled': (page) => <PasswordLinkEndedPage {...ended} page={page} reason="disabled" />,
  'signin-password-changed': (page) => <PasswordChangedPage page={page} startHref={home} />,
  'signin-continue': (page) => (
    <ContinuePage page={page} {...signIn} username="ana@example.com" applicationName="Orchard Wiki" />
  ),
  'signin-throttled': (page) => (
    <PasswordPage
      page={page}
      {...signIn}
      username="ana"
      change={{ kind: 'link', href: '/start' }}
      throttled={{ retryAfterText: '30 seconds' }}
    />
  ),
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
      error="That wasn’t a security key of yours, or it answered too late. Try again."
    />
  ),
  'signin-security-key-address': (page) => <SecurityKeyPage page={page} {...factor} options={undefined} />,
  'signin-email-code': (page) => (
    <EmailCodePage page={page} {...factor} address="a•••@example.com" sendAction="/send" />
  ),
  'signin-email-code-tried': (page) => (
    <EmailCodePage page={page} {...factor} address="a•••@example.com" sendAction="/send" over="tried" />
  ),
  'signin-change-password': (page) => (
    <ChangePasswordPage page={page} {...factor} rules={rules} faults={[]} />
  ),
  'signin-change-password-error': (page) => (
    <ChangePasswordPage page={page} {...factor} rules={rules} faults={rules} />
  ),
  'signin-signed-out': (page) => <SignedOutPage page={page} startHref={home} />,
  'signin-denied': (page) => (
    <DeniedPage
      page={page}
      reason="Your organization asks for a second factor, and you have no device."
      startHref={home}
    />
  ),
  'signin-expired': (page) => <ExpiredPage page={page} reason="expired" startHref={home} />,
  'signin-other-browser': (page) => <ExpiredPage page={page} reason="other-browser" startHref={home} />,
  'signin-unavailable-step': (page) => (
    <UnavailableStepPage
      page={page}
      stepName="Registering an MFA device"
      whatToDo="Ask your administrator to set the MFA mode to disabled in the organization file."
      startHref={home}
    />
  ),
  'signin-register': (page) => <RegisterPage page={page} {...registering} />,
  'signin-register-error': (page) => (
    <RegisterPage
      page={page}
      {...registering}
      error="This registration took too long, or was begun anew. Begin again."
    />
  ),
  'signin-register-app': (page) => <RegisterPage page={page} {...registering} setup={appSetup} />,
  'signin-register-app-error': (page) => (
    <RegisterPage
      page={page}
      {...registering}
      types={['TOTP']}
      setup={appSetup}
      error="This code is not right. Enter the one that the app shows now."
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
    <DeleteDevicePage page={page} {...oneDevice} error="Type DELETE, in capital letters, to confirm." />
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
  'signin-address': (page) => <IdentifyPage page={{ ...page, address }} {...signIn} />,
  'signin-address-wrong': (page) => (
    <AddressPage page={page} {...address} address="203.0.113" error="This is not an IPv4 or IPv6 address." />
  ),
  'portal-address': (page) => (
    <PortalHomePage
      page={{ ...page, address: { ...address, address: '127.0.0.1', signIn: undefined } }}
      account={account}
      homeHref={home}
      applications={sampleTiles}
      query=""
    />
  ),
  'portal-home': (page) => (
    <PortalHomePage page={page} account={account} homeHref={home} applications={sampleTiles} query="" />
  ),
  'portal-rehearsal': (page) => (
    <PortalHomePage
      {...{ page, account, homeHref: home, applications: sampleTiles, query: '' }}
      rehearsal={{ ...rehearsing, applicationNames: ['Orchard Wiki', 'Ledger'], href: '/rehearsals' }}
    />
  ),
  'portal-administrator': (page) => (
    <PortalHomePage
      {...{ page, account }}
      homeHref={home}
      applications={sampleTiles}
      query=""
      administrator
    />
  ),
  'portal-clock': (page) => (
    <PortalHomePage
      page={{ ...page, clockBanner: { now: 'Tue 5 May 2026, 23:00 UTC', offsetText: '9 hours ahead' } }}
      account={account}
      homeHref={home}
      applications={sampleTiles}
      query="uber"
    />
  ),
  'portal-nothing-found': (page) => (
    <PortalHomePage
      page={page}
      account={account}
      homeHref={home}
      applications={sampleTiles}
      query="<zebra>"
    />
  ),
  'portal-empty': (page) => (
    <PortalHomePage page={page} account={account} homeHref={home} applications={[]} query="" />
  ),
  'portal-no-access': (page) => (
    <NoAccessPage page={page} account={account} homeHref={home} applicationName="Harbour Expenses" />
  ),
  'idp-delivery': (page) => (
    <DeliveryPage
      page={page}
      applicationName="Orchard Wiki"
      acsUrl="/acs"
      samlResponse="PHNhbWxwOlJlc3BvbnNlLz4="
      relayState="/pages/1?a=b&c=<d>"
    />
  ),
  'idp-rehearsal': (page) => (
    <RehearsalPage page={page} csrf="csrf-token" action="/rehearse" rehearsal={rehearsal} />
  ),
  'idp-rehearsal-over': (page) => (
    <RehearsalOverPage page={page} portalHref={home} rehearsalsHref="/rehearsals" />
  ),
  'idp-rehearsals': (page) => (
    <RehearsalsPage {...{ page, ...rehearsing }} rehearsals={[rehearsal, { ...rehearsal, ...ledger }]} />
  ),
  'idp-rehearsals-none': (page) => <RehearsalsPage {...{ page, ...rehearsing }} rehearsals={[]} />,
  'idp-administrator': (page) => (
    <AdministratorPage {...{ page, account }} homeHref={home} {...goodSample(sampleXml)} />
  ),
  'idp-administrator-faults': (page) => (
    <AdministratorPage {...{ page, account }} homeHref={home} {...faultySample(sampleXml)} />
  ),
  'idp-administrator-status': (page) => (
    <AdministratorPage page={page} homeHref={home} {...statusSample(sampleXml)} />
  ),
  'idp-leaving-administrator': (page) => (
    <LeavingPage page={page} applicationName="Orchard Wiki" href="https://wiki.example.com/" administrator />
  ),
  'idp-leaving': (page) => <LeavingPage page={page} applicationName="Orchard Wiki" href="/left" />,
  'sample-landing': (page) => (
    <SampleLandingPage
      page={page}
      sample={orchard}
      about="Orchard Wiki isn't real, but its sign-on is: it verifies what Vestibule sends and shows you everything it received."
      redirectHref="/samples/wiki/signin/redirect"
      postHref="/samples/wiki/signin/post"
      portalHref={home}
      entityId="http://localhost:8080/samples/wiki/metadata"
      acsUrl="http://localhost:8080/samples/wiki/acs"
    />
  ),
  'sample-asking': (page) => (
    <SampleRequestPage
      page={page}
      sample={orchard}
      ssoUrl="/d-906700aaaa/saml/assertion/a-1"
      samlRequest="PHNhbWxwOkF1dGhuUmVxdWVzdC8+"
      relayState="/pages/1"
    />
  ),
  'sample-setup': (page) => (
    <SampleSetupPage
      page={page}
      sample={harbour}
      organizationFile={[
        'applications:',
        '  - key: expenses',
        '    displayName: Harbour Expenses',
        '    serviceProvider: {sample: expenses}',
        '    assignments: {users: [], groups: []}    # who may use it',
      ].join('\n')}
      portalHref={home}
    />
  ),
  'sample-profile': (page) => (
    <SampleProfilePage
      page={page}
      sample={orchard}
      displayName="Ana Souza"
      nameId={{ value: 'ana@example.com', format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }}
      attributes={[
        {
          name: 'displayName',
          nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
          values: ['Ana Souza'],
        },
        { name: 'groups', values: ['Engineering', 'Wiki editors'] },
        { name: 'nickname', values: [] },
      ]}
      conditions={{
        notBefore: '2026-05-05T13:59:00.000Z',
        notOnOrAfter: '2026-05-05T14:05:00.000Z',
        audiences: ['http://localhost:8080/samples/wiki/metadata'],
      }}
      session={{
        sessionIndex: '_s-77d1',
        authnInstant: '2026-05-05T13:58:31.000Z',
        authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
        sessionNotOnOrAfter: '2026-05-05T15:00:00.000Z',
      }}
      issuer="http://localhost:8080/d-906700aaaa/saml/assertion/a-1"
      inResponseTo="_b42d"
      relayState={null}
      binding="HTTP-Redirect"
      initiatedBy="service-provider"
      verifications={[
        { label: 'Signature of the Response', detail: 'RSA with SHA-256, certificate 3A:91:0C:77:…' },
        { label: 'Audience', detail: 'http://localhost:8080/samples/wiki/metadata is this service provider' },
        { label: 'Time', detail: '4 minutes and 59 seconds of its validity remain' },
      ]}
      xml={sampleXml}
      signOut={{ action: '/samples/wiki/logout', csrf: 'csrf-token' }}
      portalHref={home}
    />
  ),
  'sample-profile-portal': (page) => (
    <SampleProfilePage
      page={page}
      sample={harbour}
      displayName="Ben"
      nameId={{ value: 'ben', format: null }}
      attributes={[]}
      conditions={{ notBefore: null, notOnOrAfter: null, audiences: [] }}
      session={{ sessionIndex: null, authnInstant: null, authnContextClassRef: null }}
      issuer="http://localhost:8080/d-906700aaaa/saml/assertion/a-2"
      inResponseTo={null}
      relayState="/reports"
      binding="HTTP-POST"
      initiatedBy="identity-provider"
      verifications={[{ label: 'Signature of the Assertion', detail: 'RSA with SHA-256' }]}
      xml="<broken"
      signOut={{ action: '/samples/expenses/logout', csrf: 'csrf-token' }}
      portalHref={home}
    />
  ),
  'sample-refused': (page) => (
    <SampleRefusedPage
      page={page}
      sample={harbour}
      reason="The signature doesn't match the certificate."
      detail="Invalid signature: digest of #_a1 differs"
      xml={sampleXml}
      retryHref="/samples/expenses/"
    />
  ),
  api: apiPageSample,
  'error-404': (page) => (
    <ErrorPage
      page={page}
      status={404}
      title="Page not found"
      message="There is no page at this address."
      whatToDo="Check the address, or go to the portal."
      requestId={page.requestId}
      links={[{ label: 'Go to the portal', href: home }]}
    />
  ),
  'error-400': (page) => (
    <ErrorPage
      page={page}
      status={400}
      title="The request can't be answered"
      message="AssertionConsumerServiceURL https://sp.example/acs is not registered for this application."
      whatToDo="Register the address with the application, or send the one that is registered."
      requestId={page.requestId}
      links={[
        { label: 'Go to the portal', href: home },
        { label: 'Back to the application', href: 'https://sp.example/' },
      ]}
    />
  ),
};
