import { z } from 'zod';
import { AccessPage } from '../../../../views/console/settings/access.tsx';
import { AddAccessPage } from '../../../../views/console/settings/access-add.tsx';
import { findGrantee, setConsoleAccess } from '../../../administration/operations/console-access.ts';
import { consoleAccessSchema } from '../../../domain/access/console-access.ts';
import { pageGrants } from '../../../domain/access/grant-list-store.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, faultsOfInput, readInput, type FormFaults } from '../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf } from '../frame/list-query.ts';
import { typed } from './settings-form.ts';
import { doneText } from '../frame/fields.ts';

const path = '/:instance/console/settings/access';
const addForm = z.object({ csrf: csrfField, type: typed, name: typed, access: typed });
const grantInput = z.object({
  type: z.enum(['USER', 'GROUP'], { error: 'Choose a user or a group.' }),
  name: z.string().trim().min(1, { error: 'Enter a name.' }).max(1024, { error: 'The name is too long.' }),
  access: consoleAccessSchema,
});

const DONE: Readonly<Record<string, string>> = {
  added: 'Access was granted.',
  changed: 'The access was changed.',
  removed: 'The access was removed.',
};

/** Who administers the instance, and the form that grants access to another user or group. */
export function accessRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { query: listQuery }, async (ctx, console, { query }) => {
        const search = searchOf(query);
        const found = await pageGrants(
          needs.db.read,
          console.instance.id,
          { limit: ROWS, cursor: query.cursor },
          search,
        );
        const here = `${console.homeHref}/settings/access`;
        needs.show(ctx, console.visit, (page) => (
          <AccessPage
            {...{ page, frame: console.frame, query: search ?? '', done: doneText(DONE, query.done) }}
            grants={found.items.map(({ grantee, name, access }) => ({ ...grantee, name, access }))}
            nextHref={nextHref(here, { q: search ?? '' }, found.cursor)}
          />
        ));
      }),
    );

    router.get(
      `${path}/add`,
      consolePage(needs, { isForm: true }, (ctx, console) =>
        showAdd(needs, ctx, console, { type: 'USER', name: '', access: 'read-only' }),
      ),
    );

    router.post(
      `${path}/add`,
      consoleForm(needs, { form: addForm }, async (ctx, console, { form: { csrf: _, ...values } }) => {
        const input = readInput(grantInput, values);
        if (!input.success) return showAdd(needs, ctx, console, values, faultsOfInput(input.error));
        const { type, name, access } = input.data;
        try {
          await setConsoleAccess(console, await findGrantee(needs.db.read, console, type, name), access);
        } catch (error) {
          return showAdd(needs, ctx, console, values, faultsOf(error, Object.keys(values)));
        }
        goTo(ctx, console, '/settings/access?done=added');
      }),
    );
  };
}

type AddValues = Omit<z.output<typeof addForm>, 'csrf'>;

function showAdd(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame }: ConsoleVisit,
  values: AddValues,
  faults?: FormFaults,
): void {
  if (faults) ctx.status = faults.status;
  needs.show(ctx, visit, (page) => (
    <AddAccessPage {...{ page, frame, values }} errors={faults?.errors ?? {}} error={faults?.error} />
  ));
}
