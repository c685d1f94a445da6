import { z } from 'zod';
import { DeleteExchangesPage, ExchangePage } from '../../../../../views/console/applications/exchange.tsx';
import { ExchangesPage, type ListedExchange } from '../../../../../views/console/applications/exchanges.tsx';
import { readExchangeFacts, requireExchange } from '../../../../administration/operations/exchanges.ts';
import type { Application } from '../../../../domain/applications/application.ts';
import { deleteExchanges } from '../../../../flows/idp/exchanges/commands.ts';
import { listExchanges, type Exchange } from '../../../../flows/idp/exchanges/store.ts';
import { whenOf } from '../../../../flows/visit/when.ts';
import type { Ctx, Mount } from '../../../../foundation/http/context.ts';
import { AppError } from '../../../../foundation/platform/errors.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../../frame/console-visit.ts';
import { confirmationForm, doneQuery } from '../../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../../frame/handlers.ts';
import { nextHref } from '../../frame/list-query.ts';
import {
  APPLICATION_PATH,
  applicationHead,
  applicationHref,
  applicationOf,
  applicationParams,
} from '../application-tabs.ts';
import { wordFault } from '../../../../foundation/http/fields.ts';

const TAB = '/exchanges';
const path = `${APPLICATION_PATH}${TAB}`;

const exchangeParams = applicationParams.extend({ exchange: z.string().max(200) });
const query = doneQuery.extend({ cursor: z.string().max(2000).optional() });

/** An exchange can be large, so a page holds fewer than elsewhere. */
const ROWS = 25;

const DELETED = 'All exchanges were deleted.';

/** The SAML conversations with an application's service provider, for those who may change something. */
export function exchangeRoutes(needs: ConsoleNeeds): Mount {
  const { db, sealer } = needs;
  const params = applicationParams;
  return (router) => {
    router.get(
      path,
      consolePage(needs, { params, query }, async (ctx, console, { params: of, query: { cursor, done } }) => {
        const { instance, frame, visit } = console;
        const application = await requireReadable(needs, console, of);
        const page = { limit: ROWS, cursor };
        const found = await listExchanges(db.read, sealer, instance.id, application.id, page);
        const next = nextHref(listHrefOf(console, application), {}, found.cursor);
        needs.show(ctx, visit, (page) => (
          <ExchangesPage
            {...{ page, frame, head: applicationHead(console, application, TAB), nextHref: next }}
            {...{ exchanges: found.items.map(listed), isFirst: cursor === undefined }}
            done={done === 'deleted' ? DELETED : undefined}
          />
        ));
      }),
    );

    router.get(
      `${path}/delete`,
      consolePage(needs, { params, isForm: true }, async (ctx, console, input) => {
        askToDelete(needs, ctx, console, await applicationOf(needs, console, input.params));
      }),
    );

    router.post(
      `${path}/delete`,
      consoleForm(needs, { params, form: confirmationForm }, async (ctx, console, input) => {
        const application = await applicationOf(needs, console, input.params);
        const wrong = wordFault(input.form.confirmation);
        if (wrong !== undefined) {
          askToDelete(needs, ctx, console, application, wrong);
          return;
        }
        await console.run((work) => deleteExchanges(work, console.instance.id, application.id));
        goTo(ctx, console, `/applications/${application.id}${TAB}?done=deleted`);
      }),
    );

    router.get(
      `${path}/:exchange`,
      consolePage(needs, { params: exchangeParams }, async (ctx, console, input) => {
        const { instance, frame, visit } = console;
        const application = await requireReadable(needs, console, input.params);
        const of = { instanceId: instance.id, applicationId: application.id };
        const exchange = await requireExchange(db.read, sealer, of, input.params.exchange);
        const { requestXml, responseXml, relayState, findings } = exchange;
        const facts = await readExchangeFacts(exchange);
        needs.show(ctx, visit, (page) => (
          <ExchangePage
            {...{ page, frame, listHref: listHrefOf(console, application) }}
            exchange={{ ...listed(exchange), ...facts, requestXml, responseXml, relayState, findings }}
          />
        ));
      }),
    );
  };
}

const listHrefOf = (console: ConsoleVisit, application: Application) =>
  `${applicationHref(console, application)}${TAB}`;

/**
 * The application, for somebody who may read its exchanges. A response that is still valid can be posted again, and then
 * signs its user in: read-only access must not be enough for that.
 */
async function requireReadable(
  needs: ConsoleNeeds,
  console: ConsoleVisit,
  params: z.output<typeof applicationParams>,
): Promise<Application> {
  if (!console.mayChange) {
    const message =
      'Exchanges need full access to this console: whoever reads a response can sign in with it.';
    throw new AppError('AccessDeniedException', message);
  }
  return applicationOf(needs, console, params);
}

const listed = ({ id, at, user, initiatedBy, status, acsUrl }: Exchange): ListedExchange => ({
  ...{ id, at: whenOf(at), userName: user?.userName, initiatedBy, acsUrl },
  status: status.replace(/^.*:/, ''),
});

function askToDelete(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  application: Application,
  error?: string,
): void {
  if (error !== undefined) ctx.status = 400;
  const { frame, visit } = console;
  const listHref = listHrefOf(console, application);
  needs.show(ctx, visit, (page) => (
    <DeleteExchangesPage {...{ page, frame, listHref, applicationName: application.displayName, error }} />
  ));
}
