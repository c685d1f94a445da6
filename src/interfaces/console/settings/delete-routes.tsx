import { ACKNOWLEDGED, DeleteConfigurationPage } from '../../../../views/console/settings/delete.tsx';
import { ConfigurationDeletedPage } from '../../../../views/console/settings/deleted.tsx';
import { deleteInstance } from '../../../domain/organizations/delete-instance.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { seeOther } from '../../../foundation/http/see-other.ts';
import { enablePath } from '../operators/paths.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf } from '../frame/faults.ts';
import { confirmationForm } from '../frame/fields.ts';
import { consoleForm, consolePage } from '../frame/handlers.ts';
import { checkedField, wordFault } from '../../../foundation/http/fields.ts';
import { isChecked } from './settings-form.ts';

const path = '/:instance/console/settings/delete';
const WORD = 'DELETE';

const deleteForm = confirmationForm.extend({
  applications: checkedField,
  assignments: checkedField,
  users: checkedField,
});

/** Deleting the configuration (guide, “Delete your AWS SSO configuration”). */
export function deleteRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { isForm: true }, (ctx, console) => show(needs, ctx, console, { checkedNames: [] })),
    );

    router.post(
      path,
      consoleForm(needs, { form: deleteForm }, async (ctx, console, { form }) => {
        const checkedNames = ACKNOWLEDGED.map(({ name }) => name).filter((name) => isChecked(form[name]));
        const error = wordFault(form.confirmation, WORD);
        if (error !== undefined || checkedNames.length < ACKNOWLEDGED.length) {
          ctx.status = 400;
          return show(needs, ctx, console, { checkedNames, isSent: true, error });
        }
        try {
          await console.run((work) => deleteInstance(work, console.instance, form.version));
        } catch (thrown) {
          const { status, error: problem } = faultsOf(thrown, []);
          ctx.status = status;
          return show(needs, ctx, console, { checkedNames, isSent: true, problem });
        }
        showDeleted(needs, ctx, console);
      }),
    );
  };
}

interface Shown {
  readonly checkedNames: readonly string[];
  readonly isSent?: boolean;
  readonly error?: string | undefined;
  readonly problem?: string | undefined;
}

function show(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame, instance }: ConsoleVisit,
  { checkedNames, isSent = false, error, problem }: Shown,
): void {
  needs.show(ctx, visit, (page) => (
    <DeleteConfigurationPage
      {...{ page, frame, checkedNames, isSent, error, problem, version: instance.version, word: WORD }}
    />
  ));
}

/**
 * An operator goes on to where the configuration is enabled again. Everybody else has no page left: their account was
 * in it.
 */
function showDeleted(needs: ConsoleNeeds, ctx: Ctx, { organization, isOperator }: ConsoleVisit): void {
  if (isOperator) return seeOther(ctx, `${enablePath(organization.id)}?done=deleted`);
  needs.show(ctx, undefined, (page) => (
    <ConfigurationDeletedPage page={page} organizationId={organization.id} />
  ));
}
