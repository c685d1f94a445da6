import type { Coverage } from '../../../../src/protocols/saml/signature/coverage.ts';
import { DeleteExchangesPage } from '../../../../views/console/exchanges/delete.tsx';
import { ExchangePage, type ShownExchange } from '../../../../views/console/exchanges/exchange.tsx';
import { AllExchangesPage, type ExchangeListProps } from '../../../../views/console/exchanges/list.tsx';
import type { ListedExchange } from '../../../../views/console/exchanges/words.ts';
import type { PageSamples } from '../page-sample.ts';
import { frame } from './console-parts.ts';
import { when } from './parts.ts';

const here = '/demo/console/exchanges';

const exchange: ListedExchange = {
  ...{ id: '_3f0c9a52', at: when, applicationName: 'Orchard Notes', userName: 'ana@example.com' },
  ...{ initiatedBy: 'service-provider', outcome: 'answered', status: 'Success', findings: 1 },
};

export const exchangeList: ExchangeListProps = {
  ...{ frame, here, query: '', applications: [] },
  narrowed: { application: '', outcome: '', began: '', time: '', odd: '' },
  exchanges: [
    exchange,
    {
      ...{ ...exchange, id: '_2', userName: undefined, findings: 0 },
      ...{ outcome: 'status', status: 'Responder', initiatedBy: 'identity-provider' },
    },
    { ...exchange, id: 'r-3', userName: undefined, outcome: 'refused', status: 'signature-invalid' },
  ],
};

const RESPONSE =
  '<samlp:Response ID="_r"><saml:Assertion ID="_a"><ds:Signature><ds:SignedInfo><ds:Reference URI="#_a"/></ds:SignedInfo></ds:Signature><saml:NameID>ana<!-- a comment -->@example.com</saml:NameID></saml:Assertion></samlp:Response>';

const algorithms = {
  algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  digestMethod: 'http://www.w3.org/2001/04/xmlenc#sha256',
  transforms: [
    'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
    'http://www.w3.org/2001/10/xml-exc-c14n#',
  ],
};

const element = (tagName: string, ...coveredBy: number[]) => ({ tagName, coveredBy });
const elements = [
  ...[element('samlp:Response'), element('saml:Assertion', 1), element('ds:Signature')],
  ...[element('ds:SignedInfo'), element('ds:Reference'), element('saml:NameID', 1)],
];

const coverage: Coverage = {
  elements,
  signatures: [
    {
      ...{ number: 1, element: 2, parent: { tagName: 'saml:Assertion', element: 1 }, verdict: 'covers' },
      ...{ algorithm: algorithms.algorithm, detail: null },
      references: [{ ...algorithms, element: 4, uri: '#_a', targets: [1] }],
    },
  ],
};

const forged: Coverage = {
  elements: elements.map(({ tagName }) => element(tagName)),
  signatures: (['unsound', 'changed', 'foreign', 'redacted'] as const).map((verdict, index) => ({
    ...{ number: index + 1, element: 2, parent: { tagName: 'saml:Assertion', element: 1 }, verdict },
    ...{ algorithm: algorithms.algorithm, detail: 'another element has the ID of the message' },
    references: [{ ...algorithms, element: 4, uri: '#_a', targets: index === 0 ? [0, 1] : [] }],
  })),
};

const shown: ShownExchange = {
  ...{ ...exchange, applicationHref: '/demo/console/applications/ins-1', isRedacted: false, message: null },
  ...{ acsUrl: 'https://notes.example.com/saml/acs?tenant=a-rather-long-name', relayState: '/welcome' },
  inResponseTo: '_request',
  findings: [{ message: 'It is signed with SHA-1.', reference: 'RFC 6194 §3' }],
  assertion: {
    ...{ nameId: 'ana@example.com', nameIdFormat: null, audiences: ['https://notes.example.com'] },
    ...{ recipient: 'https://notes.example.com/saml/acs', notBefore: null, notOnOrAfter: null },
    ...{ authnContextClassRef: null, attributes: { mail: ['ana@example.com'] } },
  },
  steps: [
    {
      ...{
        kind: 'request-sent',
        at: null,
        binding: null,
        ssoUrl: 'http://localhost:8080/d-1/saml/assertion/1',
      },
      ...{ relayState: null, message: { is: 'on-page', id: 'request' } },
    },
    {
      ...{
        kind: 'response-sent',
        at: { ...when, after: null },
        acsUrl: 'https://notes.example.com/saml/acs',
      },
      ...{ relayState: null, message: { is: 'on-page', id: 'response' } },
    },
  ],
  request: {
    xml: '<samlp:AuthnRequest ID="_request"/>',
    coverage: { elements: [element('samlp:AuthnRequest')], signatures: [] },
  },
  response: { xml: RESPONSE, coverage },
};

const refused: ShownExchange = {
  ...{ ...shown, outcome: 'refused', status: 'unreadable', userName: undefined, findings: [] },
  ...{ message: 'The application sent a request that can’t be read.', acsUrl: null, inResponseTo: null },
  ...{
    assertion: null,
    response: null,
    relayState: null,
    request: { xml: '<a><b></a>', coverage: undefined },
  },
  steps: [
    { kind: 'request-taken', at: null, binding: null, ssoUrl: 'http://localhost:8080/d-1/saml/assertion/1' },
    {
      ...{ kind: 'request-refused', at: { ...when, after: null }, reason: 'unreadable' },
      message: 'The application sent a request that can’t be read.',
    },
  ],
};

const deleted = {
  ...{
    title: 'Delete all exchanges',
    consequence: 'All recorded requests and responses are deleted, for good.',
  },
  ...{ back: { label: 'Exchanges', href: here }, action: `${here}/delete` },
};

/** The SAML conversations of an instance. */
export const consoleExchangePages: PageSamples = {
  'console-exchanges': (page) => (
    <AllExchangesPage
      {...{ page, ...exchangeList }}
      applications={[{ id: 'ins-1', name: 'Orchard Notes' }]}
      firstHref={here}
      nextHref={`${here}?cursor=x`}
    />
  ),
  'console-exchanges-empty': (page) => (
    <AllExchangesPage {...{ page, ...exchangeList }} exchanges={[]} done="All exchanges were deleted." />
  ),
  'console-exchanges-further': (page) => (
    <AllExchangesPage
      {...{ page, ...exchangeList }}
      exchanges={[]}
      query="ana"
      nextHref={`${here}?cursor=x`}
    />
  ),
  'console-exchange': (page) => <ExchangePage {...{ page, frame, exchange: shown }} />,
  'console-exchange-redacted': (page) => (
    <ExchangePage {...{ page, frame }} exchange={{ ...shown, isRedacted: true, relayState: 'redacted' }} />
  ),
  'console-exchange-forged': (page) => (
    <ExchangePage
      {...{ page, frame }}
      exchange={{ ...shown, response: { xml: RESPONSE, coverage: forged } }}
    />
  ),
  'console-exchange-refused': (page) => <ExchangePage {...{ page, frame, exchange: refused }} />,
  'console-exchanges-delete': (page) => (
    <DeleteExchangesPage {...{ page, frame, what: deleted, error: 'Type DELETE, exactly as it is shown.' }} />
  ),
};
