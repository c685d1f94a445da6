import type { PageSamples } from '../page-sample.ts';
import { AddressPage } from '../../../../views/address/address.tsx';
import { type ApplicationTile, PortalHomePage } from '../../../../views/portal/home.tsx';
import { NoAccessPage } from '../../../../views/portal/no-access.tsx';
import { IdentifyPage } from '../../../../views/signin/identify.tsx';
import { home, account, signIn, rehearsing, address, branded } from './parts.ts';

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

/** The portal, and pages with the bar that shows the simulated address. */
export const portalPages: PageSamples = {
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
  'portal-branded': (page) => (
    <PortalHomePage
      {...{ account, homeHref: home, applications: sampleTiles, query: '' }}
      page={{ ...page, ...branded }}
    />
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
      account={{ ...account, consoleHref: '/demo/console' }}
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
    <PortalHomePage
      {...{ page, homeHref: home, applications: [], query: '' }}
      account={{ ...account, consoleHref: '/demo/console' }}
    />
  ),
  'portal-no-access': (page) => (
    <NoAccessPage page={page} account={account} homeHref={home} applicationName="Harbour Expenses" />
  ),
};
