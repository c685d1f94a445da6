import type { Visit } from '../../../flows/visit/visit.ts';
import type { Ctx } from '../../../foundation/http/context.ts';

/** The path of an instance's console, with the instance as the address named it. */
export const consolePath = ({ reference }: Pick<Visit, 'reference'>): string => `/${reference}/console`;

/** Longer addresses lead to the console's first page after the sign-in. */
const MAX_RETURN = 500;

/**
 * The page to which a sign-in leads back, as the rest of its address after the console's path. A rest can't lead to
 * another site: it only ever follows the path of an instance's console.
 */
export function returnReference({ path, querystring }: Pick<Ctx, 'path' | 'querystring'>): string {
  const rest = path.replace(/^\/[^/]+\/console/, '') + (querystring === '' ? '' : `?${querystring}`);
  return rest.length > MAX_RETURN ? '' : rest;
}

/** Where the browser goes after a sign-in that the console started. */
export const consoleContinuations = {
  console: (visit: Visit, ref: string) => ({ path: `${consolePath(visit)}${ref}` }),
};
