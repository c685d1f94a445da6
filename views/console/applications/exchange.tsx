import { AttributeTable } from '../../components/attribute-table.tsx';
import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import { Named } from '../../components/console/named.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, Wire, type Fact } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { Time } from '../../components/when.tsx';
import { XmlView } from '../../components/xml-view.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { STARTED_BY, type ListedExchange } from './exchanges.tsx';

export interface ShownExchange extends ListedExchange {
  readonly relayState: string | null;
  readonly inResponseTo: string | null;
  readonly signed: readonly string[];
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
  readonly requestXml: string | null;
  readonly responseXml: string;
}

export interface ExchangePageProps {
  page: PageContext;
  frame: ConsoleFrame;
  listHref: string;
  exchange: ShownExchange;
}

/** A SAML request with the response to it. */
export function ExchangePage({ page, frame, listHref, exchange }: ExchangePageProps) {
  const { at, requestXml, responseXml, findings, assertion } = exchange;
  return (
    <InstanceLayout {...{ page, frame }} title={`Exchange of ${at.text}`} place="applications">
      <Back href={listHref} />
      <h1>
        Exchange of <Time at={at} />
      </h1>
      <div class="v-detail v-exchange">
        <Facts facts={factsOf(exchange)} />
        {findings.length > 0 && (
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
        )}
        {assertion && Object.keys(assertion.attributes).length > 0 && (
          <section>
            <h2>Attributes</h2>
            <AttributeTable
              attributes={Object.entries(assertion.attributes).map(([name, values]) => ({ name, values }))}
              withoutFormat=""
            />
          </section>
        )}
        {requestXml !== null && <Document title="Request" xml={requestXml} />}
        <Document title="Response" xml={responseXml} />
      </div>
    </InstanceLayout>
  );
}

function Back({ href }: { href: string }) {
  return (
    <a class="v-back" href={href}>
      <Icon name="arrow-left" />
      Exchanges
    </a>
  );
}

function factsOf(exchange: ShownExchange): Fact[] {
  const { userName, initiatedBy, status, acsUrl, relayState, inResponseTo, signed, assertion } = exchange;
  const wire = (label: string, value: string | null) => ({ label, value: <Wire value={value} /> });
  return [
    { label: 'User', value: userName === undefined ? 'unknown' : <Named text={userName} /> },
    { label: 'Started by', value: STARTED_BY[initiatedBy] },
    wire('Status', status),
    wire('Sent to', acsUrl),
    wire('RelayState', relayState),
    wire('InResponseTo', inResponseTo),
    { label: 'Signed', value: signed.length === 0 ? 'nothing' : signed.join(' and ') },
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

function Document({ title, xml }: { title: string; xml: string }) {
  return (
    <section>
      <div class="v-panel-head">
        <h2>{title}</h2>
        <CopyButton text={xml} label={`Copy ${title.toLowerCase()}`} />
      </div>
      <XmlView xml={xml} label={title} />
    </section>
  );
}

export interface DeleteExchangesPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  listHref: string;
  applicationName: string;
  error?: string | undefined;
}

/** Asks before all exchanges of an application are deleted. */
export function DeleteExchangesPage(props: DeleteExchangesPageProps) {
  const { page, frame, listHref, applicationName, error } = props;
  const title = 'Delete all exchanges';
  return (
    <InstanceLayout {...{ page, frame }} title={formTitle(title, { errors: {}, error })} place="applications">
      <Back href={listHref} />
      <h1>
        {title} of <Named text={applicationName} />
      </h1>
      <ConfirmByWord
        id="delete-exchanges"
        action={`${listHref}/delete`}
        csrf={frame.person.csrf}
        word="DELETE"
        consequences={['All recorded requests and responses of this application are deleted, for good.']}
        error={error}
        submitLabel="Delete all"
        cancelHref={listHref}
        cancelLabel="Cancel"
      />
    </InstanceLayout>
  );
}
