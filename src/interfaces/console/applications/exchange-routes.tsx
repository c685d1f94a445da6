import { ExchangesPage } from '../../../../views/console/applications/exchanges.tsx';
import type { Mount } from '../../../foundation/http/context.ts';
import { exchangeList, exchangesQuery, requireFullAccess } from '../exchanges/exchange-list.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { doneText } from '../frame/fields.ts';
import { consolePage } from '../frame/handlers.ts';
import {
  APPLICATION_PATH,
  applicationHead,
  applicationHref,
  applicationOf,
  applicationParams,
} from './application-tabs.ts';

const TAB = '/exchanges';
const DONE: Readonly<Record<string, string>> = { deleted: 'All exchanges were deleted.' };

/** The SAML conversations with an application's service provider, for those who may change something. */
export function applicationExchangeRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      `${APPLICATION_PATH}${TAB}`,
      consolePage(
        needs,
        { params: applicationParams, query: exchangesQuery },
        async (ctx, console, { params, query }) => {
          requireFullAccess(console);
          const application = await applicationOf(needs, console, params);
          const here = `${applicationHref(console, application)}${TAB}`;
          const list = await exchangeList(needs, console, query, { here, of: application });
          const head = applicationHead(console, application, TAB);
          const done = doneText(DONE, query.done);
          needs.show(ctx, console.visit, (page) => <ExchangesPage {...{ page, head, list, done }} />);
        },
      ),
    );
  };
}
