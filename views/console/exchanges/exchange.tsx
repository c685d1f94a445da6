import type { Coverage } from '../../../src/protocols/saml/signature/coverage.ts';
import { AttributeTable } from '../../components/attribute-table.tsx';
import { Callout } from '../../components/callout.tsx';
import { DangerZone } from '../../components/console/danger-zone.tsx';
import { Named } from '../../components/named.tsx';
import { StatusTag } from '../../components/console/status-tag.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, Wire, type Fact } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { Sequence } from '../../components/sequence/sequence.tsx';
import type { SequenceStep } from '../../components/sequence/step.ts';
import { SignatureList } from '../../components/signed-xml/signature-list.tsx';
import { SignedXml } from '../../components/signed-xml/signed-xml.tsx';
import { Time } from '../../components/when.tsx';
import { XmlView } from '../../components/xml-view.tsx';
import type { PageContext } from '../../page-context.tsx';
import { DiagnosisLink } from '../diagnosis/diagnosis-link.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { exchangeHref, outcomeTag, STARTED_BY, type ListedExchange } from './words.ts';

/** A message of a conversation. */
export interface ShownMessage {
  readonly xml: string;
  /** Absent when it isn't well-formed, or too large. */
  readonly coverage: Coverage | undefined;
}

export interface ShownExchange extends Omit<ListedExchange, 'findings'> {
  readonly applicationHref: string;
  readonly isRedacted: boolean;
  readonly steps: readonly SequenceStep[];
  /** What the page said when the request was refused. */
  readonly message: string | null;
  readonly acsUrl: string | null;
  readonly relayState: string | null;
  readonly inResponseTo: string | null;
  /** What was let pass in the request. */
  readonly findings: readonly { readonly message: string; readonly reference: string }[];
  readonly assertion: {
    readonly nameId: string | null;
    readonly nameIdFormat: string | null;
    readonly audiences: readonly string[];
    readonly recipient: string | null;
    readonly notBefore: string | null;
    readonly notOnOrAfter: string | null;
    readonly authnContextClassRef: string | null;
    readonly attributes: Readonly<Record<string, readonly string[]>>;
  } | null;
  readonly request: ShownMessage | null;
  readonly response: ShownMessage | null;
}

export interface ExchangePageProps {
  page: PageContext;
  frame: ConsoleFrame;
  exchange: ShownExchange;
}

/** A SAML request with the response to it, or with the reason why it was refused. */
export function ExchangePage({ page, frame, exchange }: ExchangePageProps) {
  const { at, applicationName, request, response, findings, assertion, steps, isRedacted } = exchange;
  const here = exchangeHref(frame, exchange.id);
  return (
    <InstanceLayout {...{ page, frame }} title={`Exchange of ${at.text}`} place="events">
      <a class="v-back" href={`${frame.homeHref}/exchanges`}>
        <Icon name="arrow-left" />
        Exchanges
      </a>
      <div class="v-heading">
        <h1>
          Exchange of <Time at={at} />
        </h1>
        <Takes here={here} isRedacted={isRedacted} />
      </div>
      <div class="v-detail v-exchange">
        {isRedacted && (
          <Callout tone="info" title="This is the redacted view">
            <p>
              Without names, attribute values, RelayState and signatures, as its downloads are.{' '}
              <a href={here}>Show everything</a>
            </p>
          </Callout>
        )}
        {exchange.message !== null && (
          <Callout tone="danger" title={`The request was refused: ${exchange.status}`}>
            <p>{exchange.message}</p>
          </Callout>
        )}
        <Facts facts={factsOf(exchange)} />
        {exchange.outcome !== 'answered' && !isRedacted && (
          <p>
            <DiagnosisLink
              {...{ frame, user: exchange.userName }}
              application={exchange.applicationHref.split('/').at(-1)}
              label="Why can’t somebody sign in to this application?"
            />
          </p>
        )}
        <Findings findings={findings} />
        <section>
          <h2>What happened</h2>
          <Sequence serviceProvider={applicationName} steps={steps} />
        </section>
        {assertion && Object.keys(assertion.attributes).length > 0 && (
          <section>
            <h2>Attributes</h2>
            <AttributeTable
              attributes={Object.entries(assertion.attributes).map(([name, values]) => ({ name, values }))}
              withoutFormat=""
            />
          </section>
        )}
        {request && (
          <Message id="request" title="Request" message={request} {...{ href: here, isRedacted }} />
        )}
        {response && (
          <Message id="response" title="Response" message={response} {...{ href: here, isRedacted }} />
        )}
        <DangerZone
          id="delete"
          acts={[
            {
              label: 'Delete exchange',
              about: 'The recorded messages are deleted, for good.',
              href: `${here}/delete`,
            },
          ]}
        />
      </div>
    </InstanceLayout>
  );
}

/** What can be taken from the exchange, and its redacted view. */
function Takes({ here, isRedacted }: { here: string; isRedacted: boolean }) {
  const query = isRedacted ? '?redact=true' : '';
  return (
    <div class="v-button-row">
      {!isRedacted && (
        <a class="btn v-button-quiet" href={`${here}?redact=true`}>
          Redact
        </a>
      )}
      <a class="btn v-button-quiet" href={`${here}/exchange.json${query}`} download>
        Download
      </a>
    </div>
  );
}

function Findings({ findings }: Pick<ShownExchange, 'findings'>) {
  if (findings.length === 0) return null;
  return (
    <section>
      <h2>Odd about the request</h2>
      <ul>
        {findings.map(({ message, reference }, index) => (
          <li key={index}>
            {message} <span class="v-soft">({reference})</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function factsOf(exchange: ShownExchange): Fact[] {
  const { userName, initiatedBy, acsUrl, relayState, inResponseTo, assertion } = exchange;
  const wire = (label: string, value: string | null) => ({ label, value: <Wire value={value} /> });
  return [
    {
      label: 'Application',
      value: (
        <a href={exchange.applicationHref}>
          <Named text={exchange.applicationName} />
        </a>
      ),
    },
    { label: 'User', value: userName === undefined ? 'unknown' : <Named text={userName} /> },
    { label: 'Started by', value: STARTED_BY[initiatedBy] },
    { label: 'Outcome', value: <StatusTag {...outcomeTag(exchange)} /> },
    wire('RelayState', relayState),
    ...(exchange.response ? [wire('Sent to', acsUrl), wire('InResponseTo', inResponseTo)] : []),
    ...(assertion
      ? [
          wire('NameID', assertion.nameId),
          wire('NameID format', assertion.nameIdFormat),
          wire('Audience', assertion.audiences.join(', ')),
          wire('Recipient', assertion.recipient),
          wire('Valid from', assertion.notBefore),
          wire('Valid until', assertion.notOnOrAfter),
          wire('Authentication context', assertion.authnContextClassRef),
        ]
      : []),
  ];
}

interface MessageProps {
  id: 'request' | 'response';
  title: string;
  message: ShownMessage;
  /** The address of the exchange. */
  href: string;
  isRedacted: boolean;
}

function Message({ id, title, message, href, isRedacted }: MessageProps) {
  const { xml, coverage } = message;
  return (
    <section id={id} class="v-message">
      <div class="v-panel-head">
        <h2>{title}</h2>
        <a
          class="btn btn-sm v-button-quiet"
          href={`${href}/${id}.xml${isRedacted ? '?redact=true' : ''}`}
          download
        >
          Download
          <span class="visually-hidden"> {title.toLowerCase()}</span>
        </a>
        <CopyButton text={xml} label={`Copy ${title.toLowerCase()}`} />
      </div>
      {coverage ? (
        <>
          <p>
            {coverage.signatures.length === 0
              ? 'The message contains no signature. One beside it, as HTTP-Redirect sends it, is not recorded.'
              : 'Indented for reading; the copy is as it was sent.'}
          </p>
          {coverage.signatures.length > 0 && <SignatureList {...{ id, coverage }} />}
          <SignedXml {...{ id, xml, coverage }} label={title} />
        </>
      ) : (
        <>
          <p>What is signed can’t be shown: the message is not well-formed XML, or too large.</p>
          <XmlView xml={xml} label={title} />
        </>
      )}
    </section>
  );
}
