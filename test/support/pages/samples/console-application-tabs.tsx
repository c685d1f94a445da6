import { MappingsPage, type MappingsPageProps } from '../../../../views/console/applications/mappings.tsx';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';

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
};
