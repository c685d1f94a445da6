import { z } from 'zod';
import { PortalUrlPage } from '../../../../views/console/settings/url.tsx';
import { changeOrganization } from '../../../administration/operations/organizations.ts';
import { aliasSchema } from '../../../domain/organizations/input.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, faultsOfInput, readInput, type FormFaults } from '../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { typed } from './settings-form.ts';

const path = '/:instance/console/settings/url';
const urlForm = z.object({ csrf: csrfField, alias: typed });
const input = z.object({ alias: aliasSchema });

/** The portal's URL, which is customized once and for ever (guide, “How to customize the user portal URL”). */
export function urlRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { isForm: true }, (ctx, console) => show(needs, ctx, console, '')),
    );

    router.post(
      path,
      consoleForm(needs, { form: urlForm }, async (ctx, console, { form: { alias } }) => {
        const read = readInput(input, { alias: alias.trim() });
        if (!read.success) return show(needs, ctx, console, alias, faultsOfInput(read.error));
        try {
          await changeOrganization(console, read.data);
        } catch (error) {
          return show(needs, ctx, console, alias, faultsOf(error, ['alias']));
        }
        goTo(ctx, console, '/settings?done=url');
      }),
    );
  };
}

function show(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame, instance }: ConsoleVisit,
  alias: string,
  faults?: FormFaults,
): void {
  if (faults) ctx.status = faults.status;
  const urlOf = (reference: string) => `${needs.publicOrigin}/${reference}/start`;
  needs.show(ctx, visit, (page) => (
    <PortalUrlPage
      {...{ page, frame, alias }}
      presentUrl={urlOf(instance.alias ?? instance.directoryId)}
      isCustomized={instance.alias !== null}
      origin={needs.publicOrigin}
      errors={faults?.errors ?? {}}
      error={faults?.error}
    />
  ));
}
