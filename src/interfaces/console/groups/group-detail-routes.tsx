import { DeleteGroupPage } from '../../../../views/console/groups/delete.tsx';
import { GroupPage } from '../../../../views/console/groups/detail.tsx';
import { EditGroupPage, type GroupValues } from '../../../../views/console/groups/form.tsx';
import { findGrant } from '../../../domain/access/store.ts';
import { findAssignmentsOf } from '../../../domain/assignments/store.ts';
import { deleteGroup, updateGroup } from '../../../domain/directory/group-commands.ts';
import { groupChangeSchema, type Group } from '../../../domain/directory/group.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, faultsOfInput, readInput, type FormFaults } from '../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { conflictOf } from '../frame/conflict.ts';
import { confirmationForm, doneQuery, doneText, versionField } from '../frame/fields.ts';
import { groupForm, groupParams, requireGroup, GROUP_PATH } from './group.ts';
import { wordFault } from '../../../foundation/http/fields.ts';

const editForm = groupForm.extend({ version: versionField });

const DONE: Readonly<Record<string, string>> = {
  created: 'The group was created.',
  changed: 'The group was changed.',
};

/** A group's page, and the forms that change and delete it. */
export function groupDetailRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      GROUP_PATH,
      consolePage(
        needs,
        { params: groupParams, query: doneQuery },
        async (ctx, console, { params, query }) => {
          const group = await requireGroup(needs, console, params.group);
          const access = await findGrant(needs.db.read, console.instance.id, { type: 'GROUP', id: group.id });
          needs.show(ctx, console.visit, (page) => (
            <GroupPage
              {...{ page, frame: console.frame, group, access, done: doneText(DONE, query.done) }}
              isNew={query.done === 'created'}
              created={whenOf(group.createdAt)}
              updated={whenOf(group.updatedAt)}
            />
          ));
        },
      ),
    );

    router.get(
      `${GROUP_PATH}/edit`,
      consolePage(needs, { params: groupParams, isForm: true }, async (ctx, console, { params }) => {
        const group = await requireGroup(needs, console, params.group);
        await showEdit(needs, ctx, console, { group, values: group });
      }),
    );

    router.post(
      `${GROUP_PATH}/edit`,
      consoleForm(
        needs,
        { params: groupParams, form: editForm },
        async (ctx, console, { params, form: { csrf: _, version, ...values } }) => {
          const group = await requireGroup(needs, console, params.group);
          const change = readInput(groupChangeSchema, values);
          if (!change.success) {
            await showEdit(needs, ctx, console, {
              group,
              values,
              version,
              faults: faultsOfInput(change.error),
            });
            return;
          }
          try {
            const { instance } = console;
            await console.run((work) => updateGroup(work, instance, group.id, change.data, version));
            goTo(ctx, console, `/groups/${group.id}?done=changed`);
          } catch (error) {
            const faults = faultsOf(error, Object.keys(values));
            // Read again: somebody else has changed it.
            const present = await requireGroup(needs, console, params.group);
            await showEdit(needs, ctx, console, { group: present, values, version, faults });
          }
        },
      ),
    );

    router.get(
      `${GROUP_PATH}/delete`,
      consolePage(needs, { params: groupParams, isForm: true }, async (ctx, console, { params }) => {
        await showDelete(needs, ctx, console, await requireGroup(needs, console, params.group));
      }),
    );

    router.post(
      `${GROUP_PATH}/delete`,
      consoleForm(
        needs,
        { params: groupParams, form: confirmationForm },
        async (ctx, console, { params, form }) => {
          const group = await requireGroup(needs, console, params.group);
          const wrong = wordFault(form.confirmation);
          if (wrong !== undefined) {
            ctx.status = 400;
            await showDelete(needs, ctx, console, group, { error: wrong });
            return;
          }
          try {
            await console.run((work) => deleteGroup(work, console.instance, group.id, form.version));
            goTo(ctx, console, '/groups?done=deleted');
          } catch (error) {
            const { status, error: problem } = faultsOf(error, []);
            ctx.status = status;
            await showDelete(needs, ctx, console, group, { problem });
          }
        },
      ),
    );
  };
}

interface EditState {
  /** As it is now. */
  readonly group: Group;
  /** As typed. */
  readonly values: GroupValues;
  /** That of the form; absent for a new form. */
  readonly version?: number | undefined;
  readonly faults?: FormFaults;
}

async function showEdit(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  { group, values, version = group.version, faults }: EditState,
): Promise<void> {
  if (faults) ctx.status = faults.status;
  const { visit, frame } = console;
  const conflict = await conflictOf(needs, console, faults, {
    changedBy: [{ operations: ['UpdateGroup'], parameter: 'groupId', id: group.id }],
    takeTheirsHref: `${console.homeHref}/groups/${group.id}/edit`,
    values: [
      { label: 'Group name', yours: values.displayName, theirs: group.displayName },
      { label: 'Description', yours: values.description, theirs: group.description },
    ],
  });
  needs.show(ctx, visit, (page) => (
    <EditGroupPage
      {...{ page, frame, values, conflict, groupId: group.id }}
      version={conflict ? group.version : version}
      errors={faults?.errors ?? {}}
      error={conflict ? undefined : faults?.error}
    />
  ));
}

async function showDelete(
  { db, show }: ConsoleNeeds,
  ctx: Ctx,
  { instance, visit, frame }: ConsoleVisit,
  group: Group,
  trouble: { error?: string | undefined; problem?: string | undefined } = {},
): Promise<void> {
  const assigned = await findAssignmentsOf(db.read, instance.id, [group.id]);
  const access = await findGrant(db.read, instance.id, { type: 'GROUP', id: group.id });
  show(ctx, visit, (page) => (
    <DeleteGroupPage {...{ page, frame, group, access, ...trouble }} assignments={assigned.length} />
  ));
}
