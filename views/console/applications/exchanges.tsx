import type { DetailProps } from '../../components/console/detail.tsx';
import type { PageContext } from '../../page-context.tsx';
import { ExchangeList, type ExchangeListProps } from '../exchanges/list.tsx';
import { ApplicationTab } from './application-page.tsx';

export interface ExchangesPageProps {
  page: PageContext;
  head: Omit<DetailProps, 'children' | 'actions'>;
  list: ExchangeListProps;
  done?: string | undefined;
}

/** The SAML conversations of an application, newest first. */
export function ExchangesPage({ page, head, list, done }: ExchangesPageProps) {
  const { frame, here, exchanges } = list;
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
      <ExchangeList {...list} />
    </ApplicationTab>
  );
}
