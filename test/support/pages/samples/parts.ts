/** Values that several sample pages share. */
import { qrCodeOf } from '../../../../src/domain/credentials/mfa/totp/qr-code.ts';
import { totpUri } from '../../../../src/domain/credentials/mfa/totp/totp.ts';
import { accentStyle } from '../../../../src/domain/organizations/branding/accent.ts';
import { png } from '../pictures.ts';
import type { ListedDevice } from '../../../../views/components/mfa/device-list.tsx';

export const home = '/d-906700aaaa/start';
export const account = {
  user: { displayName: 'Ana Souza', userName: 'ana', email: 'ana@example.com' },
  signOutAction: '/d-906700aaaa/signout',
  csrf: 'csrf-token',
};
export const signIn = { action: '/d-906700aaaa/signin/s-1', csrf: 'csrf-token' };

export const when = { iso: '2026-05-05T14:00:00.000Z', text: '5 May 2026, 14:00 UTC' };
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
export const appSetup = {
  type: 'TOTP',
  secret,
  qrCode: await qrCodeOf(await totpUri('Example Corp', 'ana@example.com', secret)),
} as const;
export const keySetup = { type: 'WEBAUTHN', options: '{"timeout":300000}' } as const;
export const registering = {
  csrf: 'csrf-token',
  username: 'ana@example.com',
  change: { kind: 'form', action: '/change' },
  types: ['TOTP', 'WEBAUTHN'],
  action: '/register',
  actions: { answer: '/register/answer', cancel: '/register/cancel' },
} as const;
export const rehearsing = { csrf: 'csrf-token', endAction: '/end', portalHref: home };
export const portal = { homeHref: home, account, csrf: 'csrf-token', backHref: `${home}/mfa-devices` };
export const key: ListedDevice = {
  ...{ id: 'm-2', type: 'WEBAUTHN', name: 'Laptop' },
  ...{ inSync: true, registered: when, lastUsed: when },
};
export const address = {
  ...{ action: '/d-906700aaaa/address', csrf: 'csrf-token', signIn: 's-1' },
  ...{ address: '203.0.113.7', realAddress: '127.0.0.1' },
};
export const factor = {
  ...signIn,
  username: 'ana@example.com',
  change: { kind: 'form', action: '/change' },
  trust: { checked: false },
  others: { action: '/choose', types: [] },
} as const;

const dataUrl = (picture: Buffer) => `data:image/png;base64,${picture.toString('base64')}`;
/** A colour that can't be read on white, with a square logo and with a wide one. */
export const branded = {
  instanceName: 'Harbour & Sons',
  accentStyle: accentStyle('#ffcc00'),
  brand: { name: 'Harbour & Sons', logo: { src: dataUrl(png(64, 64)), width: 64, height: 64 } },
};
export const widelyBranded = {
  ...branded,
  accentStyle: accentStyle('#1a1446'),
  brand: { name: 'Harbour & Sons', logo: { src: dataUrl(png(180, 40)), width: 180, height: 40 } },
};
export const demoUsers = {
  users: ['Ana Souza', 'Kofi Mensah', 'A person whose name is far too long for one line of the card'].map(
    (name) => ({
      displayName: name,
      userName: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
      href: '?username=',
    }),
  ),
};

export const sampleXml = `<?xml version="1.0" encoding="UTF-8"?><samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_7c1f0a52" Version="2.0" IssueInstant="2026-05-05T14:00:00.000Z" Destination="http://localhost:8080/samples/wiki/acs" InResponseTo="_b42d"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">http://localhost:8080/d-906700aaaa/saml/assertion/a-1</saml:Issuer><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignatureValue>${'kZ3vQm8x'.repeat(43)}==</ds:SignatureValue></ds:Signature><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0"><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">ana@example.com</saml:NameID></saml:Subject><saml:AttributeStatement><saml:Attribute Name="displayName"><saml:AttributeValue>Ana &lt;b&gt;Souza&lt;/b&gt;</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>`;
