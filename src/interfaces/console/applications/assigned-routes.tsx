import { z } from 'zod';
import { AssignedPage, type AssigneeKind } from '../../../../views/console/applications/assigned.tsx';
import { counted } from '../../../../views/words.ts';
import { listAssignees } from '../../../domain/assignments/assignee-store.ts';
import { findAssigned } from '../../../domain/assignments/store.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf } from '../frame/list-query.ts';
import {
  APPLICATION_PATH,
  applicationHead,
  applicationHref,
  applicationOf,
  applicationParams,
} from './application-tabs.ts';

/** The users and the groups to whom an application is assigned, a list each. */
export function assignedRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    for (const kind of ['users', 'groups'] as const)
      router.get(`${APPLICATION_PATH}/${kind}`, listOf(needs, kind));
  };
}

const listOf = (needs: ConsoleNeeds, kind: AssigneeKind) =>
  consolePage(needs, { params: applicationParams, query: listQuery }, async (ctx, console, input) => {
    const { db } = needs;
    const { instance, frame } = console;
    const application = await applicationOf(needs, console, input.params);
    const href = applicationHref(console, application);
    const search = searchOf(input.query);
    const place = { instanceId: instance.id, applicationId: application.id };
    const type = kind === 'users' ? 'USER' : 'GROUP';
    const request = { limit: ROWS, cursor: input.query.cursor };
    const { items, cursor } = await listAssignees(db.read, place, { type, search }, request);
    const everyone = await findAssigned(db.read, instance.id, application.id, [instance.id]);
    const shown = {
      ...{ frame, href, kind, query: search ?? '', assignees: items },
      head: applicationHead(console, application, '/users'),
      nextHref: nextHref(`${href}/${kind}`, { q: search ?? '' }, cursor),
      everyoneHref: everyone.size > 0 ? `${href}/remove-access/${instance.id}` : undefined,
      done: doneOf(input.query.done),
    };
    needs.show(ctx, console.visit, (page) => <AssignedPage {...{ page, ...shown }} />);
  });

const ACTS: Readonly<Record<string, string>> = {
  assigned: 'got access to the application',
  removed: 'lost access to the application',
};

const doneWord = z
  .string()
  .regex(/^(?:assigned|removed)-\d{1,3}$|^everyone$/)
  .catch('');

/** `assigned-2`: an act and how many it was done for. */
function doneOf(word = ''): { text: string } | undefined {
  const [act = '', count] = doneWord.parse(word).split('-');
  if (act === 'everyone') return { text: 'Everyone may use the application now.' };
  const what = ACTS[act];
  if (what === undefined) return undefined;
  return count === '0'
    ? { text: 'Nothing was changed: it was so already.' }
    : { text: `${counted(Number(count), 'assignment')} changed: they ${what}.` };
}
