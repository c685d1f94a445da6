import type { PageSamples } from '../page-sample.ts';
import { ErrorPage } from '../../../../views/errors/error-page.tsx';
import type { SampleAccount, SampleBrand } from '../../../../views/layouts/sample-layout.tsx';
import { SampleRequestPage } from '../../../../views/samples/request.tsx';
import { SampleLandingPage } from '../../../../views/samples/landing.tsx';
import { SampleProductPage } from '../../../../views/samples/product.tsx';
import { SampleReceivedPage } from '../../../../views/samples/received.tsx';
import { SampleRefusedPage } from '../../../../views/samples/refused.tsx';
import { SampleSequencePage } from '../../../../views/samples/sequence.tsx';
import { SampleSetupPage } from '../../../../views/samples/setup.tsx';
import { apiPages } from './api.tsx';
import { home, sampleXml } from './parts.ts';
import { stepsFromPortal, stepsFromServiceProvider } from './sequence.ts';

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

const account = (currentHref: string): SampleAccount => ({
  ...{ name: 'Ana Souza', role: 'Approver', currentHref },
  signOut: { action: '/samples/wiki/logout', csrf: 'csrf-token' },
  tabs: [
    { label: 'Overview', href: '/samples/wiki/pages/overview', icon: 'chart-pie' },
    { label: 'Approvals', href: '/samples/wiki/pages/approvals' },
    { label: 'What was received', href: '/samples/wiki/received', icon: 'shield-check' },
    { label: 'What just happened', href: '/samples/wiki/what-happened', icon: 'arrows-exchange' },
  ],
});

/** The pages of the samples, of the API, and of errors. */
export const otherPages: PageSamples = {
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
  'sample-product': (page) => (
    <SampleProductPage
      page={page}
      sample={harbour}
      account={account('/samples/wiki/pages/overview')}
      title="Hello, Ana"
      lead="Two claims of your colleagues wait for you."
      blocks={[
        { kind: 'figures', figures: [{ label: 'To be paid', value: '€ 184.20', note: 'on 8 May' }] },
        {
          kind: 'table',
          title: 'Claims',
          columns: ['Claim', 'Amount', 'State'],
          rows: [
            ['Train to Porto', '€ 61.00', { text: 'Waiting for approval', tone: 'waiting' }],
            ['Taxi without a receipt', '€ 23.00', { text: 'Refused', tone: 'danger' }],
          ],
        },
        {
          kind: 'entries',
          title: 'What happened lately',
          entries: [
            { title: 'Hotel', detail: 'Two nights', href: '/h', badge: { text: 'Paid', tone: 'good' } },
            { title: 'Parking', detail: 'Approved', badge: { text: 'Paid', tone: 'calm' } },
          ],
        },
        { kind: 'facts', title: 'Limits', facts: [{ label: 'Hotel', value: '€ 140.00 a night' }] },
        { kind: 'text', title: 'Rules', paragraphs: ['What is approved by Wednesday is paid on Friday.'] },
        { kind: 'log', title: 'Log', lines: ['$ npm test', '812 passing'] },
      ]}
    />
  ),
  'sample-received': (page) => (
    <SampleReceivedPage
      page={page}
      sample={orchard}
      account={account('/samples/wiki/received')}
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
      portalHref={home}
    />
  ),
  'sample-received-portal': (page) => (
    <SampleReceivedPage
      page={page}
      sample={harbour}
      account={{ ...account('/samples/expenses/received'), name: 'Ben', role: undefined }}
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
      portalHref={home}
    />
  ),
  'sample-sequence': (page) => (
    <SampleSequencePage
      page={page}
      sample={orchard}
      account={account('/samples/wiki/what-happened')}
      steps={stepsFromServiceProvider}
    />
  ),
  'sample-sequence-portal': (page) => (
    <SampleSequencePage
      page={page}
      sample={harbour}
      account={account('/samples/wiki/what-happened')}
      steps={stepsFromPortal}
    />
  ),
  'sample-refused': (page) => (
    <SampleRefusedPage
      page={page}
      sample={harbour}
      reason="The signature doesn't match the certificate."
      detail="Invalid signature: digest of #_a1 differs"
      received={{ xml: sampleXml, whole: true }}
      retryHref="/samples/expenses/"
    />
  ),
  ...apiPages,
  'error-404': (page) => (
    <ErrorPage
      page={page}
      status={404}
      title="Page not found"
      message="There is no page at this address."
      whatToDo="Check the address, or go to the portal."
      requestId="req-1"
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
      requestId="req-1"
      links={[
        { label: 'Go to the portal', href: home },
        { label: 'Back to the application', href: 'https://sp.example/' },
      ]}
    />
  ),
};
