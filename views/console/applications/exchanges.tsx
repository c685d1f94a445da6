import type { DetailProps } from '../../components/console/detail.tsx';
import { EmptyState } from '../../components/console/empty-state.tsx';
import { ListRows } from '../../components/console/list-rows.tsx';
import { Named } from '../../components/console/named.tsx';
import { Breakable } from '../../components/breakable.tsx';
import { StatusTag } from '../../components/console/status-tag.tsx';
import { Icon } from '../../components/icon.tsx';
import type { When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import type { ConsoleFrame } from '../instance-layout.tsx';
import { ApplicationTab } from './application-page.tsx';

export interface ListedExchange {
  readonly id: string;
  readonly at: When;
  /** Absent if the response was sent before the user was known. */
  readonly userName?: string | undefined;
  readonly initiatedBy: 'service-provider' | 'identity-provider';
  /** The last part of the status code, such as `Success`. */
  readonly status: string;
  readonly acsUrl: string;
}

export interface ExchangesPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  head: Omit<DetailProps, 'children' | 'actions'>;
  exchanges: readonly ListedExchange[];
  /** Whether it is the first page. */
  isFirst: boolean;
  nextHref?: string | undefined;
  done?: string | undefined;
}

const COLUMNS = ['Sent at', 'User', 'Started by', 'Status', 'Sent to'].map((label) => ({ label }));

/** Who began a sign-on, in words. */
export const STARTED_BY = {
  'service-provider': 'the service provider',
  'identity-provider': 'the portal',
} as const;

/** The SAML conversations of an application, newest first. */
export function ExchangesPage(props: ExchangesPageProps) {
  const { page, frame, head, exchanges, isFirst, nextHref, done } = props;
  const here = head.currentHref;
  return (
    <ApplicationTab
      {...{ page, frame, head }}
      title="Exchanges"
      done={done === undefined ? undefined : { text: done }}
    >
      <div class="v-heading">
        <h2>Exchanges</h2>
        {exchanges.length > 0 && (
          <a class="btn v-button-destroys" href={`${here}/delete`}>
            Delete all
          </a>
        )}
      </div>
      {exchanges.length === 0 ? (
        <EmptyState icon="arrows-exchange" title={isFirst ? 'No exchanges yet' : 'No further exchanges'}>
          An exchange is a SAML request with the response to it. Each sign-on to this application adds one,
          unless the settings say that none are kept.
        </EmptyState>
      ) : (
        <ListRows
          caption="Exchanges"
          columns={COLUMNS}
          csrf={frame.person.csrf}
          rows={exchanges.map(({ id, at, userName, initiatedBy, status, acsUrl }) => ({
            ...{ id, name: at.text, href: `${here}/${id}` },
            cells: [
              userName === undefined ? <span class="v-soft">unknown</span> : <Named text={userName} />,
              STARTED_BY[initiatedBy],
              <StatusTag key="status" text={status} tone={status === 'Success' ? 'good' : 'danger'} />,
              <Breakable key="acs" text={acsUrl} />,
            ],
          }))}
        />
      )}
      <nav class="v-list-pages" aria-label="Pages of exchanges">
        {!isFirst && (
          <a class="btn v-button-quiet" href={here}>
            Newest
          </a>
        )}
        {nextHref !== undefined && (
          <a class="btn v-button-quiet v-list-pages-next" rel="next" href={nextHref}>
            Older
            <Icon name="arrow-right" class="v-icon-after" />
          </a>
        )}
      </nav>
    </ApplicationTab>
  );
}
