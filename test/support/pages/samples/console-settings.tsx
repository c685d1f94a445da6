import { CreateOrganizationPage } from '../../../../views/console/enabling/create-organization.tsx';
import { EnablePage } from '../../../../views/console/enabling/enable.tsx';
import { AccessPage, type AccessPageProps } from '../../../../views/console/settings/access.tsx';
import { AddAccessPage } from '../../../../views/console/settings/access-add.tsx';
import { ChangeAccessPage } from '../../../../views/console/settings/access-change.tsx';
import { DeleteConfigurationPage } from '../../../../views/console/settings/delete.tsx';
import { ConfigurationDeletedPage } from '../../../../views/console/settings/deleted.tsx';
import { LogoPage } from '../../../../views/console/settings/logo.tsx';
import { MailSettingsPage } from '../../../../views/console/settings/mail.tsx';
import { SettingsPage } from '../../../../views/console/settings/overview.tsx';
import { settingsSections, type SettingsSummary } from '../../../../views/console/settings/sections.tsx';
import { ClockReviewPage } from '../../../../views/console/settings/clock-review.tsx';
import { TimePage, type TimePageProps } from '../../../../views/console/settings/time.tsx';
import { PortalUrlPage } from '../../../../views/console/settings/url.tsx';
import { AWKWARD_NAMES } from '../../../../views/developers/part.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame, readOnlyFrame, operatorFrame } from './console-parts.ts';
import { when } from './parts.ts';

const here = '/demo/console/settings';
const summary: SettingsSummary = {
  organization: { name: 'Daybreak Holidays', id: 'o-8c2f5a10be', accountId: '111122223333' },
  ...{ directoryId: 'd-9067001234', region: 'us-east-1', alias: null },
  portalUrl: 'https://sso.example.com/d-9067001234/start',
  directoryUrl: 'https://sso.example.com/d-9067001234/start',
  mfa: [
    { label: 'Prompt users for MFA', text: 'Only when their sign-in context changes (context-aware)' },
    { label: 'Users can authenticate with these MFA types', text: 'Authenticator apps' },
    { label: 'Who can manage MFA devices', text: '' },
  ],
  session: { lifetime: '8 hours', isImmediate: false },
  branding: { name: null, colour: '#0f6a5b', hasLogo: false },
  clock: { now: when, offset: '9 hours ahead' },
  administrators: { names: AWKWARD_NAMES.map((name) => ({ name, access: 'full' })), more: true },
  signIn: { window: '15 minutes', attemptsPerUser: 10, attemptsPerAddress: 200 },
  saml: [{ label: 'Odd requests that do no harm', text: 'Answer them' }],
  limits: { applications: 500, events: 100_000 },
};
const overview = { frame, sections: settingsSections(here, summary, true), deleteHref: `${here}/delete` };

const url = {
  ...{ frame, presentUrl: summary.portalUrl, origin: 'https://sso.example.com' },
  ...{ isCustomized: false, alias: '', errors: {} },
};
const time: Omit<TimePageProps, 'page'> = {
  ...{ frame, version: 3, now: when, realNow: when, offset: '9 hours ahead', isReal: false, isFrozen: false },
  ...{ values: { by: { amount: '1', unit: 'hours' }, now: '' }, errors: {} },
};
const logo = { frame, version: 3, errors: {} };
const access: Omit<AccessPageProps, 'page'> = {
  frame,
  query: '',
  grants: AWKWARD_NAMES.map((name, index) => ({
    ...{ type: index === 0 ? 'GROUP' : 'USER', id: `id-${index}`, name },
    access: index === 0 ? 'full' : 'read-only',
  })),
};
const deletion = { frame, checkedNames: [], isSent: false, word: 'DELETE', version: 4 };
const operator = { frame: operatorFrame, errors: {} };
const place = { region: 'us-east-1', alias: '' };

/** The pages of settings, and those that enable an instance. Forms of settings have samples of their own. */
export const consoleSettingsPages: PageSamples = {
  'console-settings': (page) => <SettingsPage {...{ page, ...overview }} />,
  'console-settings-done': (page) => <SettingsPage {...{ page, ...overview }} done="The logo was saved." />,
  'console-settings-read-only': (page) => (
    <SettingsPage
      {...{ page, ...overview, frame: readOnlyFrame }}
      sections={settingsSections(here, { ...summary, alias: 'demo' }, false)}
    />
  ),
  'console-url': (page) => <PortalUrlPage {...{ page, ...url }} />,
  'console-url-error': (page) => (
    <PortalUrlPage {...{ page, ...url, alias: 'acme' }} errors={{ alias: 'The alias acme is taken.' }} />
  ),
  'console-url-customized': (page) => <PortalUrlPage {...{ page, ...url }} isCustomized />,
  'console-time': (page) => <TimePage {...{ page, ...time }} />,
  'console-time-error': (page) => (
    <TimePage {...{ page, ...time }} errors={{ by: 'Enter a number above 0.' }} />
  ),
  'console-time-review': (page) => (
    <ClockReviewPage
      {...{ page, frame, version: 3, name: 'advance', now: when, then: when, byMs: 9 * 60 * 60 * 1000 }}
      typed={time.values}
      effects={{
        ...{ isForward: true, sessions: 1, signIns: 2, passwordLinks: 10_000, endsYours: true },
        certificates: 6,
      }}
      applications={AWKWARD_NAMES.map((displayName, index) => ({ id: `app-${index}`, displayName }))}
    />
  ),
  'console-time-review-back': (page) => (
    <ClockReviewPage
      {...{ page, frame, version: 3, name: 'reset', now: when, then: when, byMs: 60_000 }}
      typed={time.values}
      effects={{
        ...{ isForward: false, sessions: 0, signIns: 0, passwordLinks: 0, endsYours: false },
        certificates: 0,
      }}
      applications={[]}
    />
  ),
  'console-time-banner': (page) => (
    <TimePage
      {...time}
      frame={{ ...frame, clock: { version: 3, isFrozen: true } }}
      page={{ ...page, clockBanner: { now: 'Tue 5 May 2026, 23:00 UTC', offsetText: 'frozen' } }}
      isFrozen
    />
  ),
  'console-time-done': (page) => <TimePage {...{ page, ...time }} done="The clock was set." />,
  'console-logo': (page) => <LogoPage {...{ page, ...logo, logo: null }} />,
  'console-logo-error': (page) => (
    <LogoPage
      {...{ page, ...logo, logo: { src: page.assets('favicon.svg'), width: 64, height: 64 } }}
      errors={{ logo: 'The file is neither a PNG nor a JPEG.' }}
    />
  ),
  'console-access': (page) => <AccessPage {...{ page, ...access }} done="Access was granted." />,
  'console-access-empty': (page) => <AccessPage {...{ page, ...access }} grants={[]} />,
  'console-access-add': (page) => (
    <AddAccessPage
      {...{ page, frame, values: { type: 'USER', name: 'nobody', access: 'full' } }}
      errors={{ name: 'There is no user with this user name.' }}
    />
  ),
  'console-access-change': (page) => (
    <ChangeAccessPage
      {...{ page, frame, type: 'USER', id: 'id-1', name: 'ana@example.com' }}
      chosen="full"
      present="read-only"
      losesOwn={false}
    />
  ),
  'console-access-conflict': (page) => (
    <ChangeAccessPage
      {...{ page, frame, type: 'USER', id: 'id-1', name: 'ana@example.com' }}
      chosen="full"
      present="none"
      losesOwn={false}
      conflict={{
        ...{ by: 'bo@example.com', when: 'at 4 May 2026, 09:12 UTC', takeTheirsHref: '/demo/console' },
        values: [{ label: 'Access', yours: 'Full', theirs: 'None' }],
      }}
    />
  ),
  'console-access-loss': (page) => (
    <ChangeAccessPage
      {...{ page, frame, type: 'USER', id: 'id-1', name: 'ana@example.com' }}
      chosen="none"
      present="full"
      losesOwn
    />
  ),
  'console-mail': (page) => (
    <MailSettingsPage {...{ page, frame, kept: 1000, keptSize: '64 MiB', isSent: false }} />
  ),
  'console-delete-configuration': (page) => <DeleteConfigurationPage {...{ page, ...deletion }} />,
  'console-delete-configuration-error': (page) => (
    <DeleteConfigurationPage
      {...{ page, ...deletion, checkedNames: ['users'] }}
      isSent
      error="Type DELETE, exactly as it is shown."
    />
  ),
  'console-configuration-deleted': (page) => (
    <ConfigurationDeletedPage page={page} organizationId="o-8c2f5a10be" />
  ),
  'console-enable': (page) => (
    <EnablePage
      {...{ page, ...operator, name: 'Daybreak Holidays', values: place }}
      action="/organizations/o-8c2f5a10be/console"
      done="The configuration was deleted."
    />
  ),
  'console-create-organization': (page) => (
    <CreateOrganizationPage
      {...{ page, ...operator, values: { ...place, name: '', managementAccountId: '12' } }}
      action="/organizations/create"
      errors={{ managementAccountId: 'An account id has twelve digits, such as "111122223333".' }}
    />
  ),
};
