import { ConsoleLinkPage } from '../../../../views/console/link.tsx';
import { ConsoleLinkEndedPage } from '../../../../views/console/link-ended.tsx';
import { OrganizationsPage, type ListedOrganization } from '../../../../views/console/organizations.tsx';
import { ConsoleSignInPage } from '../../../../views/console/sign-in.tsx';
import type { PageSamples } from '../page-sample.ts';
import { operatorFrame } from './console-parts.ts';
import { when } from './parts.ts';

const signIn = { action: '/organizations/signin', csrf: 'csrf-token' };
const list = { frame: operatorFrame, createHref: '/organizations/create', query: '' };

const organizations: ListedOrganization[] = [
  {
    ...{ id: 'o-8c2f5a10be', name: 'Daybreak Holidays', isDefault: true, lastEvent: when },
    consoleHref: '/demo/console',
    instance: {
      portalHref: '/demo/start',
      reference: 'demo',
      users: 12,
      applications: 5,
    },
  },
  {
    ...{ id: 'o-0a1b2c3d4e', name: 'A training group whose name hardly fits', isDefault: false },
    ...{ lastEvent: when, consoleHref: '/d-906700aaaa/console' },
    instance: {
      portalHref: '/d-906700aaaa/start',
      ...{ reference: 'd-906700aaaa', users: undefined, applications: 500 },
    },
  },
  {
    ...{ id: 'o-ffffffffff', name: 'Without an instance', isDefault: false },
    consoleHref: '/organizations/o-ffffffffff/console',
  },
];

/** The pages of operators. */
export const consolePages: PageSamples = {
  'console-organizations': (page) => <OrganizationsPage {...{ page, ...list, organizations }} />,
  'console-organizations-part': (page) => (
    <OrganizationsPage
      {...{ page, ...list, organizations }}
      firstHref="/organizations?q=a"
      query="a"
      nextHref="/organizations?q=a&cursor=x"
    />
  ),
  'console-organizations-empty': (page) => <OrganizationsPage {...{ page, ...list }} organizations={[]} />,
  'console-organizations-none-found': (page) => (
    <OrganizationsPage {...{ page, ...list }} query="nobody" organizations={[]} />
  ),
  'console-sign-in': (page) => <ConsoleSignInPage {...{ page, ...signIn }} trouble={{}} />,
  'console-sign-in-error': (page) => (
    <ConsoleSignInPage
      {...{ page, ...signIn }}
      consoleHref="/organizations"
      trouble={{ error: 'This is not the API token of this server.' }}
    />
  ),
  'console-link': (page) => <ConsoleLinkPage {...{ page, ...signIn }} />,
  'console-link-ended': (page) => <ConsoleLinkEndedPage page={page} signInHref="/organizations/signin" />,
};
