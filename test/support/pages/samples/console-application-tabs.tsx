import {
  CertificatePage,
  RehearsalStartedPage,
} from '../../../../views/console/applications/certificate.tsx';
import {
  ActivatePage,
  DeleteCertificatePage,
  GeneratePage,
  ImportPage,
} from '../../../../views/console/applications/certificate-forms.tsx';
import { CertificatesPage } from '../../../../views/console/applications/certificates.tsx';
import type { ShownCertificate } from '../../../../views/console/applications/shown-certificate.ts';
import { ExchangesPage } from '../../../../views/console/applications/exchanges.tsx';
import { MappingsPage, type MappingsPageProps } from '../../../../views/console/applications/mappings.tsx';
import type { PageSamples } from '../page-sample.ts';
import { exchangeList } from './console-exchanges.tsx';
import { frame, readOnlyFrame } from './console-parts.ts';
import { when } from './parts.ts';

const home = '/demo/console/applications';
const here = `${home}/ins-1`;
const head = (tab: string) => ({
  ...{ back: { label: 'Applications', href: home }, kind: 'Application', name: 'Orchard Notes' },
  tabs: [
    { label: 'Attribute mappings', href: `${here}/attribute-mappings` },
    { label: 'AWS SSO certificate', href: `${here}/certificates` },
    { label: 'Exchanges', href: `${here}/exchanges` },
  ],
  currentHref: `${here}${tab}`,
});

const XML =
  '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_preview" Version="2.0"><saml:Issuer>http://localhost:8080/d-9067000001/saml/ins-1</saml:Issuer><saml:Subject><saml:NameID>ana@example.com</saml:NameID></saml:Subject></saml:Assertion>';

const mappings: Omit<MappingsPageProps, 'page'> = {
  ...{ frame, head: head('/attribute-mappings'), version: 3, mayAdd: true, errors: {} },
  values: {
    subject: { value: '${user:email}', format: 'emailAddress' },
    attributes: [
      { name: 'mail', value: '${user:email}', format: 'basic' },
      {
        name: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
        value: '${user:givenName} ${user:familyName}',
        format: 'uri',
      },
    ],
  },
  choices: {
    subjectFormats: ['emailAddress', 'persistent', 'transient', 'unspecified', 'entity'],
    attributeFormats: ['unspecified', 'basic', 'uri'],
    userAttributes: ['${user:email}', '${user:name}'],
  },
  previewUser: 'ana@example.com',
  userNames: ['ana@example.com', 'bo@example.com'],
  preview: {
    userName: 'ana@example.com',
    subject: {
      value: 'ana@example.com',
      format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    },
    attributes: [
      {
        name: 'mail',
        format: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
        values: ['ana@example.com'],
      },
      {
        name: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
        format: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
        values: ['Ana Souza'],
      },
      { name: 'guid', format: null, values: [] },
    ],
    assertionXml: XML,
  },
};

const certificate = (id: string, change: Partial<ShownCertificate> = {}): ShownCertificate => ({
  ...{ id, active: false, expiry: 'valid', notBefore: when, notAfter: when, createdAt: when },
  ...{ keySize: 2048, algorithm: 'SHA-256', serialNumber: '5F0A12C4D3B2A1908F7E6D5C4B3A29180716F5E4' },
  sha1Fingerprint: '00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33',
  sha256Fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
  certificatePem: `-----BEGIN CERTIFICATE-----\n${'MIIC'.repeat(16)}\n-----END CERTIFICATE-----\n`,
  warnings: [],
  ...change,
});
const active = certificate('3f0c9a52-7a1f-4b3e-9f8e-0b8f6c1d2e3f', {
  ...{ active: true, expiry: 'expiring' },
  warnings: ['This certificate expires on 2026-06-01T00:00:00.000Z, in 28 days: rotate it.'],
});
const next = certificate('a5e4d3c2-1b0a-4f9e-8d7c-6b5a49382716', {
  ...{ keySize: 1024, algorithm: 'SHA-1' },
  createdAt: { iso: '2026-05-04T08:30:00.000Z', text: '4 May 2026, 08:30 UTC' },
});
const certificates = { frame, head: head('/certificates'), certificates: [active, next], rehearsals: [] };
const listHref = `${here}/certificates`;
const form = { frame, listHref, errors: {} };
const generated = { validityMonths: '60', algorithm: 'SHA-256', keySize: '2048' };

/** The tabs of an application about mappings, certificates and exchanges. */
export const consoleApplicationTabPages: PageSamples = {
  'console-mappings': (page) => <MappingsPage {...{ page, ...mappings }} />,
  'console-mappings-saved': (page) => (
    <MappingsPage {...{ page, ...mappings }} done="The attribute mappings were saved." />
  ),
  'console-mappings-error': (page) => (
    <MappingsPage
      {...{ page, ...mappings }}
      values={{ ...mappings.values, attributes: [{ name: '', value: '${user:mail', format: 'basic' }] }}
      errors={{
        'name-0': 'The attribute’s name must not be empty.',
        'value-0': '“${user:mail” is never closed: add the missing }.',
        user: 'There is no user nobody.',
      }}
      previewUser="nobody"
      preview={{ trouble: 'Correct the mappings to see what they make.' }}
    />
  ),
  'console-mappings-conflict': (page) => (
    <MappingsPage
      {...{ page, ...mappings }}
      conflict={{
        ...{ by: 'bo@example.com', when: 'at 4 May 2026, 09:12 UTC', takeTheirsHref: here },
        values: [{ label: 'Attribute mail', yours: '${user:email} (basic)', theirs: '' }],
      }}
      preview={{ userName: 'ana@example.com', attributes: [] }}
    />
  ),
  'console-mappings-read-only': (page) => <MappingsPage {...{ page, ...mappings }} frame={readOnlyFrame} />,
  'console-certificates': (page) => <CertificatesPage {...{ page, ...certificates }} />,
  'console-certificates-one': (page) => (
    <CertificatesPage
      {...{ page, ...certificates }}
      certificates={[
        certificate('3f0c9a52-7a1f-4b3e-9f8e-0b8f6c1d2e3f', { active: true, expiry: 'expired' }),
      ]}
      done="The certificate was deleted."
    />
  ),
  'console-certificates-rehearsed': (page) => (
    <CertificatesPage
      {...{ page, ...certificates }}
      rehearsals={[
        { certificateId: next.id, running: true, expiresAt: when },
        { certificateId: next.id, running: false, expiresAt: when },
      ]}
    />
  ),
  'console-certificates-read-only': (page) => (
    <CertificatesPage {...{ page, ...certificates }} frame={readOnlyFrame} />
  ),
  'console-certificate': (page) => <CertificatePage {...{ page, frame, listHref, certificate: active }} />,
  'console-certificate-generate': (page) => <GeneratePage {...{ page, ...form, values: generated }} />,
  'console-certificate-generate-error': (page) => (
    <GeneratePage
      {...{ page, ...form }}
      values={{ ...generated, validityMonths: 'ever' }}
      errors={{ validityMonths: 'The validity period is a whole number of months, 1 to 120.' }}
    />
  ),
  'console-certificate-import': (page) => (
    <ImportPage
      {...{ page, ...form, values: { certificatePem: 'x', algorithm: 'SHA-256' } }}
      errors={{ certificatePem: 'This is no certificate in PEM.' }}
    />
  ),
  'console-certificate-activate': (page) => (
    <ActivatePage
      {...{ page, ...form, certificate: next }}
      errors={{ acknowledged: 'Check the box to say that you understand this.' }}
    />
  ),
  'console-certificate-delete': (page) => <DeleteCertificatePage {...{ page, ...form, certificate: next }} />,
  'console-certificate-rehearsal': (page) => (
    <RehearsalStartedPage
      {...{ page, frame, listHref, expiresAt: when }}
      url={`http://localhost:8080/d-9067000001/saml/rehearsal/${'x'.repeat(43)}`}
    />
  ),
  'console-application-exchanges': (page) => (
    <ExchangesPage
      {...{ page, head: head('/exchanges'), list: exchangeList }}
      done="All exchanges were deleted."
    />
  ),
};
