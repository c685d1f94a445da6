import type { ApiCall } from '../../../../views/components/console/api-calls.tsx';
import type { Ctx } from '../../../foundation/http/context.ts';
import { ORGANIZATIONS_PATH } from '../operators/operator.ts';
import { INSTANCE_CALLS, SERVER_CALLS } from './api-calls.ts';
import { OPERATIONS, type OperationId } from './api-operations.ts';

const CONSOLE = '/:instance/console';

/** The operations that do the same as the page or form at a route's path, such as `/:instance/console/users/add`. */
function callsAt(path: string): readonly OperationId[] {
  const [root, calls] = path.startsWith(CONSOLE)
    ? [CONSOLE, INSTANCE_CALLS]
    : [ORGANIZATIONS_PATH, SERVER_CALLS];
  return calls[path.slice(root.length + 1)] ?? [];
}

/**
 * The calls of the control API that do the same as the page of this request. The page of each call gets the ids that
 * this page knows: those of its address, and of its organization.
 */
export function apiCallsOf(ctx: Ctx, organizationId?: string): readonly ApiCall[] {
  // The router sets both for the route that it runs; our context type has neither.
  const path = String(ctx['_matchedRoute'] ?? '');
  const params = ctx['params'] as Readonly<Record<string, string>>;
  const known = { ...params, ...(organizationId !== undefined && { organization: organizationId }) };
  return callsAt(path).map((id) => ({ id, href: hrefOf(id, known) }));
}

function hrefOf(id: OperationId, known: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams();
  for (const name of OPERATIONS[id]) {
    const value = Object.hasOwn(known, name) ? known[name] : undefined;
    if (value !== undefined) query.set(name, value);
  }
  return query.size === 0 ? `/api/${id}` : `/api/${id}?${query.toString()}`;
}
