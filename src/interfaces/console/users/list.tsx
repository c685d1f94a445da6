import { z } from 'zod';
import { UsersPage } from '../../../../views/console/users/users.tsx';
import { countForList, turnUsers } from '../../../domain/directory/user-list-store.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf } from '../frame/list-query.ts';

const usersQuery = listQuery.extend({
  status: z.enum(['', 'enabled', 'disabled']).default(''),
  order: z.enum(['ascending', 'descending']).default('ascending'),
  /** Instead of `cursor`: the page before it. */
  before: z.string().max(2000).optional(),
  /** With `done`: to how many users it was done. */
  count: z.coerce.number().int().min(0).max(10_000).default(0),
});

const DONE = new Set(['disabled', 'enabled', 'deleted'] as const);

/** The list of users. */
export function userListRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      '/:instance/console/users',
      consolePage(needs, { query: usersQuery }, async (ctx, console, { query }) => {
        const { read } = needs.db;
        const { id } = console.instance;
        const { status, order, before, done, count } = query;
        const search = searchOf(query);
        const found = await turnUsers(
          read,
          id,
          { search, order, enabled: status === '' ? undefined : status === 'enabled' },
          { limit: ROWS, cursor: before ?? query.cursor, isBackwards: before !== undefined },
        );
        const isWhole = search === undefined && status === '';
        const path = `${console.homeHref}/users`;
        const kept = { q: search ?? '', status, order: order === 'ascending' ? '' : order };
        const turned = order === 'ascending' ? 'descending' : '';
        const total = isWhole ? await countForList(read, id) : undefined;
        const wasDone = [...DONE].find((word) => word === done);
        needs.show(ctx, console.visit, (page) => (
          <UsersPage
            {...{ page, frame: console.frame, query: search ?? '', status, order, total, users: found.items }}
            turnHref={addressOf(path, { ...kept, order: turned })}
            previousHref={
              found.previous === null ? undefined : addressOf(path, { ...kept, before: found.previous })
            }
            nextHref={nextHref(path, kept, found.next)}
            done={wasDone && { act: wasDone, count }}
            noneSelected={done === 'none-selected'}
          />
        ));
      }),
    );
  };
}

function addressOf(path: string, parameters: Readonly<Record<string, string>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
