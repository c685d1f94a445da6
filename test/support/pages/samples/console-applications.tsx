import { ApplicationsPage, type ListedApplication } from '../../../../views/console/applications/list.tsx';
import {
  ConfigurationPage,
  type ConfigurationPageProps,
} from '../../../../views/console/applications/configuration.tsx';
import { AssignedPage, type AssignedPageProps } from '../../../../views/console/applications/assigned.tsx';
import { AssignPage, type AssignPageProps } from '../../../../views/console/applications/assign.tsx';
import { InstructionsPage } from '../../../../views/console/applications/instructions.tsx';
import { RemoveAccessPage } from '../../../../views/console/applications/remove-access.tsx';
import { RemovePage } from '../../../../views/console/applications/remove.tsx';
import { CataloguePage } from '../../../../views/console/applications/catalogue.tsx';
import { ConfigurePage, type ConfigurePageProps } from '../../../../views/console/applications/configure.tsx';
import { ReviewPage } from '../../../../views/console/applications/review.tsx';
import { EditApplicationPage, MetadataPage } from '../../../../views/console/applications/edit.tsx';
import { MetadataReviewPage } from '../../../../views/console/applications/metadata-review.tsx';
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

const tab = { frame, head: { ...head, currentHref: `${href}/assigned-users` }, href };
const assigned: Omit<AssignedPageProps, 'page'> = {
  ...{ ...tab, kind: 'users', query: '' },
  assignees: ['ana@example.com', ...AWKWARD_NAMES].map((name, index) => ({
    ...{ id: `user-${index}`, name, about: index === 2 ? null : 'Ana Souza' },
  })),
};
const assign: Omit<AssignPageProps, 'page'> = {
  ...{ ...tab, kind: 'groups', query: '' },
  candidates: ['Engineering', ...AWKWARD_NAMES].map((name, index) => ({
    ...{ id: `group-${index}`, name, about: '', isAssigned: index === 0 },
  })),
};

const configure: Omit<ConfigurePageProps, 'page'> = {
  frame,
  chosen: {
    ...{ name: 'Slack', slug: 'slack', about: undefined, isKnown: true, missing: undefined },
    variables: [
      {
        ...{ name: 'workspace', label: 'Workspace', example: 'example-corp' },
        description: 'The part of the workspace’s address before .slack.com.',
      },
    ],
  },
  typed: {
    ...{ displayName: 'Slack', description: '', startUrl: '', relayState: '' },
    ...{ sessionDuration: { amount: '1', unit: 'hours' }, metadataXml: '', acsUrl: '', audience: '' },
  },
  ...{ variables: {}, errors: {} },
};
const catalogue = { frame, query: '', kind: '', total: 300 };
const entries = ['10000ft', 'Slack', AWKWARD_NAMES[5]].map((name, index) => ({
  ...{ name, slug: `entry-${index}`, hasTemplate: index === 1 },
}));

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
  'console-application-new': (page) => (
    <ConfigurationPage {...{ page, ...configuration }} isNew done={{ text: 'The application was added.' }} />
  ),
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
  'console-application-users': (page) => (
    <AssignedPage {...{ page, ...assigned }} everyoneHref={`${href}/remove-access/everyone`} />
  ),
  'console-application-groups-empty': (page) => (
    <AssignedPage
      {...{ page, ...assigned, assignees: [] }}
      kind="groups"
      done={{ text: '1 assignment changed: they lost access to the application.' }}
    />
  ),
  'console-application-users-read-only': (page) => (
    <AssignedPage {...{ page, ...assigned }} frame={readOnlyFrame} />
  ),
  'console-application-assign': (page) => (
    <AssignPage {...{ page, ...assign }} nextHref="/demo/console?c=x" />
  ),
  'console-application-assign-nobody': (page) => (
    <AssignPage {...{ page, ...assign }} kind="users" error="Select at least one name of the list." />
  ),
  'console-application-remove-access': (page) => (
    <RemoveAccessPage
      {...{ page, ...tab, backHref: `${href}/users` }}
      principals={AWKWARD_NAMES.map((name, index) => ({
        ...{ id: `user-${index}`, name, type: index === 0 ? 'GROUP' : 'USER' },
      }))}
    />
  ),
  'console-application-remove': (page) => <RemovePage {...{ page, ...tab, version: 3 }} />,
  'console-application-remove-error': (page) => (
    <RemovePage
      {...{ page, ...tab, version: 3 }}
      error="Type remove, exactly as it is shown."
      problem="The application was changed by someone else."
    />
  ),
  'console-application-instructions': (page) => (
    <InstructionsPage
      {...{ page, ...tab }}
      steps={[
        { text: 'Open the settings for single sign-on.', values: [] },
        {
          text: 'Fill in its fields for the identity provider.',
          values: [
            { label: 'SAML endpoint', value: SIGN_IN },
            { label: 'Certificate', value: configuration.provider.certificatePem },
          ],
        },
      ]}
      warnings={['This certificate ends at 4 May 2026.']}
      sources={[{ title: 'Custom SAML single sign-on', url: 'https://slack.com/help' }]}
    />
  ),
  'console-application-catalogue': (page) => (
    <CataloguePage {...{ page, ...catalogue, entries }} nextHref="/demo/console?c=x" />
  ),
  'console-application-catalogue-none-found': (page) => (
    <CataloguePage {...{ page, ...catalogue, entries: [], query: 'x', total: 0 }} />
  ),
  'console-application-configure': (page) => <ConfigurePage {...{ page, ...configure }} />,
  'console-application-configure-custom-error': (page) => (
    <ConfigurePage
      {...{ page, ...configure }}
      chosen={{ ...configure.chosen, name: undefined, slug: 'custom', variables: [], isKnown: false }}
      typed={{ ...configure.typed, displayName: AWKWARD_NAMES[1], audience: 'urn:wiki', metadataXml: '<a/>' }}
      errors={{ metadataXml: 'The metadata can’t be used.', audience: 'Give the entity ID.' }}
      error="Give either the metadata or its values."
    />
  ),
  'console-application-review': (page) => (
    <ReviewPage
      {...{ page, frame, name: 'Slack', slug: 'slack', earlier: { displayName: 'Slack' } }}
      answers={AWKWARD_NAMES.map((value) => ({ label: 'Display name', value }))}
      sets={[{ label: 'Application ACS URL', value: 'https://example-corp.slack.com/sso/saml' }]}
      warnings={['The metadata is valid until 4 May 2026.']}
    />
  ),
  'console-application-edit': (page) => (
    <EditApplicationPage {...{ page, ...tab, typed: configure.typed, version: 3, errors: {} }} />
  ),
  'console-application-edit-conflict': (page) => (
    <EditApplicationPage
      {...{ page, ...tab, typed: configure.typed, version: 4, errors: {} }}
      conflict={{
        ...{ by: 'bo@example.com', when: 'at 4 May 2026, 09:12 UTC', takeTheirsHref: href },
        values: [{ label: 'Display name', yours: 'Slack', theirs: AWKWARD_NAMES[1] }],
      }}
    />
  ),
  'console-application-metadata': (page) => (
    <MetadataPage
      {...{ page, ...tab, typed: configure.typed, version: 3 }}
      errors={{ metadata: 'Give the service provider’s metadata or its values.' }}
    />
  ),
  'console-application-metadata-review': (page) => (
    <MetadataReviewPage
      {...{ page, ...tab, version: 3, warnings: [], hidden: { step: 'review' } }}
      now={[{ label: 'Application SAML audience', value: 'urn:wiki' }]}
      then={[{ label: 'Application SAML audience', value: 'https://wiki.example.com/saml/metadata' }]}
    />
  ),
};
