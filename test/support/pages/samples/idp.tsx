import type { PageSamples } from '../page-sample.ts';
import { DeliveryPage } from '../../../../views/idp/delivery.tsx';
import { AdministratorPage } from '../../../../views/idp/administrator/page.tsx';
import { LeavingPage, UnansweredStartPage } from '../../../../views/idp/leaving.tsx';
import { UnansweredPage } from '../../../../views/idp/administrator/unanswered.tsx';
import { RehearsalPage } from '../../../../views/idp/rehearsal.tsx';
import { RehearsalOverPage } from '../../../../views/idp/rehearsal-over.tsx';
import { RehearsalsPage } from '../../../../views/idp/rehearsals.tsx';
import { faultySample, goodSample, statusSample } from '../inspection-props.ts';
import { home, account, when, rehearsing, sampleXml } from './parts.ts';

const rehearsal = {
  applicationName: 'Orchard Wiki',
  fingerprint: Array.from({ length: 32 }, (_, index) => (index * 7 + 16).toString(16).toUpperCase()).join(
    ':',
  ),
  ...{ until: when, openHref: '/d-906700aaaa/saml/assertion/ins-1' },
};
const ledger = { applicationName: 'Ledger', openHref: '/d-906700aaaa/saml/assertion/ins-2' };

/** The pages of single sign-on. */
export const identityProviderPages: PageSamples = {
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
  'idp-unanswered': (page) => (
    <UnansweredPage
      {...{ page, ...goodSample(sampleXml) }}
      homeHref={home}
      unanswered={{ host: 'wiki.example.com', domain: 'example.com' }}
    />
  ),
  'idp-unanswered-status': (page) => (
    <UnansweredPage
      {...{ page, ...statusSample(sampleXml) }}
      homeHref={home}
      unanswered={{ host: 'a-host-with-a-long-name.and-a-long-domain.test:8443', domain: '.test' }}
    />
  ),
  'idp-unanswered-start': (page) => (
    <UnansweredStartPage
      page={page}
      applicationName="Orchard Wiki"
      href="https://wiki.example.com/"
      unanswered={{ host: 'wiki.example.com', domain: 'example.com' }}
      signOnHref="/d-906700aaaa/saml/assertion/ins-1"
    />
  ),
  'idp-leaving-administrator': (page) => (
    <LeavingPage page={page} applicationName="Orchard Wiki" href="https://wiki.example.com/" administrator />
  ),
  'idp-leaving': (page) => <LeavingPage page={page} applicationName="Orchard Wiki" href="/left" />,
};
