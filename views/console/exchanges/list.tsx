import { Banner } from '../../components/console/banner.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import type { ListFilter, ListRow } from '../../components/console/list.ts';
import { Live } from '../../components/console/live.tsx';
import { Named } from '../../components/named.tsx';
import { SearchList } from '../../components/console/search-list.tsx';
import { StatusTag } from '../../components/console/status-tag.tsx';
import type { PageContext } from '../../page-context.tsx';
import { counted } from '../../words.ts';
import { ActivityTabs } from '../activity-tabs.tsx';
import { PERIODS } from '../events/list.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { exchangeHref, outcomeTag, OUTCOMES, STARTED_BY, type ListedExchange } from './words.ts';

/** What a list is narrowed by beside the search, as the address has it. */
export interface NarrowedExchanges {
  readonly application: string;
  readonly outcome: string;
  readonly began: string;
  readonly time: string;
  readonly odd: string;
}

export interface ExchangeListProps {
  frame: ConsoleFrame;
  /** The address of the list. */
  here: string;
  query: string;
  narrowed: NarrowedExchanges;
  /** Empty for the list of one application. */
  applications: readonly { readonly id: string; readonly name: string }[];
  exchanges: readonly ListedExchange[];
  /** The address of the newest ones, on a page of older ones. */
  firstHref?: string | undefined;
  nextHref?: string | undefined;
}

/** The SAML conversations that were found, the newest first, with those that come. */
export function ExchangeList(props: ExchangeListProps) {
  const { frame, here, query, narrowed, applications, exchanges, firstHref, nextHref } = props;
  const ofAll = applications.length > 0;
  const rows = exchanges.map((exchange) => rowOf(frame, exchange, ofAll));
  return (
    <Live id="exchanges">
      {exchanges.length === 0 && nextHref !== undefined && (
        <Banner tone="info">
          Nothing was found among the newest exchanges. <a href={nextHref}>Look further back</a>
        </Banner>
      )}
      <SearchList
        id="exchange"
        noun={{ one: 'exchange', many: 'exchanges' }}
        action={here}
        query={query}
        searches="User name"
        filters={filtersOf(applications, narrowed)}
        columns={[
          { label: 'Time' },
          ...(ofAll ? [{ label: 'Application' }] : []),
          ...[{ label: 'User' }, { label: 'Started by' }, { label: 'Outcome' }],
        ]}
        rows={rows}
        {...{ firstHref, nextHref }}
        csrf={frame.person.csrf}
        nothingYet={
          <EmptyState icon="arrows-exchange" title="No exchanges yet">
            An exchange is a SAML request with the response to it, or the reason why it was refused. Each
            sign-on adds one, unless the settings say that none are kept.
          </EmptyState>
        }
      />
    </Live>
  );
}

function rowOf(frame: ConsoleFrame, exchange: ListedExchange, ofAll: boolean): ListRow {
  const { id, at, applicationName, userName, initiatedBy, findings } = exchange;
  return {
    ...{ id, name: at.text, href: exchangeHref(frame, id) },
    cells: [
      ...(ofAll ? [<Named key="application" text={applicationName} />] : []),
      userName === undefined ? (
        <span key="user" class="v-soft">
          unknown
        </span>
      ) : (
        <Named key="user" text={userName} />
      ),
      STARTED_BY[initiatedBy],
      <span key="outcome" class="v-tags">
        <StatusTag {...outcomeTag(exchange)} />
        {findings > 0 && <StatusTag text={counted(findings, 'finding')} tone="warning" />}
      </span>,
    ],
  };
}

const optionsOf = (all: string, choices: Readonly<Record<string, string>>) => [
  { value: '', label: all },
  ...Object.entries(choices).map(([value, label]) => ({ value, label })),
];

function filtersOf(
  applications: ExchangeListProps['applications'],
  { application, outcome, began, time, odd }: NarrowedExchanges,
): ListFilter[] {
  const names = applications.map(({ id, name }) => ({ value: id, label: name }));
  const byApplication: ListFilter = {
    ...{ name: 'application', label: 'Application', value: application },
    options: [{ value: '', label: 'All applications' }, ...names],
  };
  return [
    ...(names.length > 0 ? [byApplication] : []),
    {
      ...{ name: 'outcome', label: 'Outcome', value: outcome },
      options: optionsOf('Any outcome', OUTCOMES),
    },
    {
      ...{ name: 'began', label: 'Started by', value: began },
      options: optionsOf('Anybody', {
        'service-provider': 'Service provider',
        'identity-provider': 'Portal',
      }),
    },
    { ...{ name: 'time', label: 'Time', value: time }, options: optionsOf('Any time', PERIODS) },
    {
      ...{ name: 'odd', label: 'Findings', value: odd },
      options: optionsOf('With or without', { yes: 'With findings', no: 'Without findings' }),
    },
  ];
}

export interface AllExchangesPageProps extends ExchangeListProps {
  page: PageContext;
  /** The sentence about what was just done. */
  done?: string | undefined;
}

/** The SAML conversations with all applications of an instance. */
export function AllExchangesPage({ page, done, ...list }: AllExchangesPageProps) {
  const { frame, here, exchanges } = list;
  return (
    <InstanceLayout {...{ page, frame }} title="Exchanges" place="events">
      {done !== undefined && <Banner tone="success">{done}</Banner>}
      <div class="v-heading">
        <h1>Exchanges</h1>
        {exchanges.length > 0 && (
          <a class="btn v-button-quiet" href={`${here}/delete`}>
            Delete all
          </a>
        )}
      </div>
      <ActivityTabs frame={frame} current="exchanges" />
      <ExchangeList {...list} />
    </InstanceLayout>
  );
}
