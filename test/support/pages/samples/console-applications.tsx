import { ApplicationsPage, type ListedApplication } from '../../../../views/console/applications/list.tsx';
import {
  ConfigurationPage,
  type ConfigurationPageProps,
} from '../../../../views/console/applications/configuration.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame } from './console-parts.ts';
import { when } from './parts.ts';

const EXPIRIES = ['valid', 'expiring', 'expired'] as const;
const applications: ListedApplication[] = ['Orchard Notes', ...AWKWARD_NAMES].map((displayName, index) => ({
  ...{ id: `ins-${index}`, displayName, enabled: index % 3 !== 1 },
  origin: index % 2 === 0 ? 'Slack, from the catalogue' : 'Custom SAML 2.0 application',
  expires: index === 5 ? undefined : { at: when, expiry: EXPIRIES[index % 3] ?? 'valid' },
}));
const list = { frame, query: '', status: '', applications };

const href = '/demo/console/applications/ins-0123456789abcdef';
const head = {
  back: { label: 'Applications', href: '/demo/console/applications' },
  ...{ kind: 'Application', name: 'Orchard Notes', currentHref: href },
  tabs: [
    { label: 'Configuration', href },
    ...['Attribute mappings', 'Assigned users', 'Instructions'].map((label) => ({
      ...{ label, href: `${href}/${label.toLowerCase().replace(' ', '-')}` },
    })),
  ],
};
const PROVIDER = 'http://localhost:8080/d-9067000000/saml';
const SIGN_IN = `${PROVIDER}/assertion/ins-0123456789abcdef`;
const configuration: Omit<ConfigurationPageProps, 'page'> = {
  ...{ frame, head, href },
  details: {
    id: 'ins-0123456789abcdef',
    enabled: true,
    key: 'notes',
    description: 'Everything your team wrote down',
    origin: 'Built-in sample',
  },
  provider: {
    ...{ signInUrl: SIGN_IN, issuerUrl: SIGN_IN, metadataUrl: `${PROVIDER}/metadata/ins-0123456789abcdef` },
    metadataPath: '/d-9067000000/saml/metadata/ins-0123456789abcdef',
    certificatePath: '/d-9067000000/saml/certificate/ins-0123456789abcdef',
    certificatePem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  },
  properties: { startUrl: 'https://notes.example.com/', relayState: null, sessionMs: 3_600_000 },
  serviceProvider: {
    audience: 'https://notes.example.com/saml/metadata',
    acsUrls: ['https://notes.example.com/saml/acs', 'https://notes.example.com/saml/acs/2'],
    ...{ certificates: 1, sample: 'notes' },
  },
};

/** The pages of applications. */
export const consoleApplicationPages: PageSamples = {
  'console-applications': (page) => <ApplicationsPage {...{ page, ...list }} nextHref="/demo/console?c=x" />,
  'console-applications-removed': (page) => (
    <ApplicationsPage {...{ page, ...list }} done="The application was removed." />
  ),
  'console-applications-empty': (page) => <ApplicationsPage {...{ page, ...list }} applications={[]} />,
  'console-applications-none-found': (page) => (
    <ApplicationsPage {...{ page, ...list }} query="x" status="disabled" applications={[]} />
  ),
  'console-applications-read-only': (page) => (
    <ApplicationsPage {...{ page, ...list }} frame={readOnlyFrame} />
  ),
  'console-application': (page) => <ConfigurationPage {...{ page, ...configuration }} />,
  'console-application-disabled': (page) => (
    <ConfigurationPage
      {...{ page, ...configuration }}
      head={{ ...head, name: AWKWARD_NAMES[1], status: { text: 'Disabled', tone: 'warning' } }}
      details={{ ...configuration.details, enabled: false }}
      done={{
        text: 'The application is disabled: nobody can use it.',
        undo: { label: 'Undo', action: `${href}/enable` },
      }}
    />
  ),
  'console-application-read-only': (page) => (
    <ConfigurationPage {...{ page, ...configuration }} frame={readOnlyFrame} />
  ),
};
