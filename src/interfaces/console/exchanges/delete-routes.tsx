import { DeleteExchangesPage, type DeletedExchanges } from '../../../../views/console/exchanges/delete.tsx';
import { exchangeHref } from '../../../../views/console/exchanges/words.ts';
import {
  deleteAllConversations,
  deleteOneConversation,
  requireConversation,
} from '../../../administration/operations/conversations.ts';
import { deleteExchanges } from '../../../flows/idp/exchanges/commands.ts';
import type { Application } from '../../../domain/applications/application.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { wordFault } from '../../../foundation/http/fields.ts';
import {
  APPLICATION_PATH,
  applicationHref,
  applicationOf,
  applicationParams,
} from '../applications/application-tabs.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { confirmationForm } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { EXCHANGES_PATH, exchangeParams } from './exchange-routes.tsx';

const OF_ALL = `${EXCHANGES_PATH}/delete`;
const OF_APPLICATION = `${APPLICATION_PATH}/exchanges/delete`;
const OF_ONE = `${EXCHANGES_PATH}/:exchange/delete`;

/** Deleting all exchanges of an instance, those of an application, and one. */
export function deleteExchangesRoutes(needs: ConsoleNeeds): Mount {
  const { db, sealer } = needs;
  const isForm = true;
  const form = confirmationForm;
  return (router) => {
    router.get(
      OF_ALL,
      consolePage(needs, { isForm }, (ctx, console) => ask(needs, ctx, console, ofAll(console))),
    );
    router.post(
      OF_ALL,
      consoleForm(needs, { form }, async (ctx, console, { form: { confirmation } }) => {
        const fault = wordFault(confirmation);
        if (fault !== undefined) return ask(needs, ctx, console, ofAll(console), fault);
        await console.run((work) => deleteAllConversations(work, console.instance));
        goTo(ctx, console, '/exchanges?done=emptied');
      }),
    );

    router.get(
      OF_APPLICATION,
      consolePage(needs, { params: applicationParams, isForm }, async (ctx, console, { params }) => {
        const application = await applicationOf(needs, console, params);
        ask(needs, ctx, console, ofApplication(console, application));
      }),
    );
    router.post(
      OF_APPLICATION,
      consoleForm(
        needs,
        { params: applicationParams, form },
        async (ctx, console, { params, form: sent }) => {
          const application = await applicationOf(needs, console, params);
          const fault = wordFault(sent.confirmation);
          if (fault !== undefined)
            return ask(needs, ctx, console, ofApplication(console, application), fault);
          await console.run((work) => deleteExchanges(work, console.instance.id, application.id));
          goTo(ctx, console, `/applications/${application.id}/exchanges?done=deleted`);
        },
      ),
    );

    router.get(
      OF_ONE,
      consolePage(needs, { params: exchangeParams, isForm }, async (ctx, console, { params }) => {
        const { id } = await requireConversation(
          { queries: db.read, sealer },
          console.instance,
          params.exchange,
        );
        ask(needs, ctx, console, ofOne(console, id));
      }),
    );
    router.post(
      OF_ONE,
      consoleForm(needs, { params: exchangeParams, form }, async (ctx, console, { params, form: sent }) => {
        const fault = wordFault(sent.confirmation);
        if (fault !== undefined) return ask(needs, ctx, console, ofOne(console, params.exchange), fault);
        await console.run((work) => deleteOneConversation(work, console.instance, params.exchange));
        goTo(ctx, console, '/exchanges?done=deleted');
      }),
    );
  };
}

const ofAll = ({ homeHref }: ConsoleVisit): DeletedExchanges => ({
  title: 'Delete all exchanges',
  consequence: 'All recorded requests and responses of all applications are deleted, for good.',
  back: { label: 'Exchanges', href: `${homeHref}/exchanges` },
  action: `${homeHref}/exchanges/delete`,
});

function ofApplication(console: ConsoleVisit, application: Application): DeletedExchanges {
  const href = `${applicationHref(console, application)}/exchanges`;
  return {
    ...{ title: 'Delete all exchanges', of: application.displayName },
    consequence: 'All recorded requests and responses of this application are deleted, for good.',
    ...{ back: { label: 'Exchanges', href }, action: `${href}/delete` },
  };
}

function ofOne(console: ConsoleVisit, id: string): DeletedExchanges {
  const href = exchangeHref(console, id);
  return {
    title: 'Delete this exchange',
    consequence: 'The recorded request and response are deleted, for good.',
    ...{ back: { label: 'Exchange', href }, action: `${href}/delete` },
  };
}

function ask(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  what: DeletedExchanges,
  error?: string,
): void {
  if (error !== undefined) ctx.status = 400;
  const { frame, visit } = console;
  needs.show(ctx, visit, (page) => <DeleteExchangesPage {...{ page, frame, what, error }} />);
}
