import type { MeteredRoutes, NamedRequest, Route } from './metered-routes.ts';
import { lines } from './shape.ts';

const HERE = '/api/v1/organizations/:organization';
const GROUPS = 500;

/** Imports so many users in groups, lists and exports them, and empties the organization again. */
export function* largeOrganization(routes: MeteredRoutes, users: number): Generator<NamedRequest> {
  const ask = (method: string, path: string, query = '', body?: string, type = 'application/json') => {
    const route: Route = { method, path };
    const sent = body === undefined ? {} : { headers: [['Content-Type', type] as const], body };
    return {
      name: `${method} ${path}?${query} with ${users} users`,
      request: routes.to(route, { query, ...sent }),
    };
  };
  const content = [
    lines((index) => `{"group":{"displayName":"large ${index}"}}`, GROUPS),
    lines((index) => JSON.stringify({ user: userOf(index) }), users),
  ].join('\n');
  yield ask('POST', `${HERE}/imports`, '', content, 'application/x-ndjson');
  for (const list of ['users', 'groups', 'events', 'imports', 'mailbox', 'applications'])
    yield ask('GET', `${HERE}/${list}`, 'limit=1000');
  for (const query of ['', 'secrets=true']) yield ask('GET', `${HERE}/file`, query);
  for (const path of ['/metrics', '/healthz', '/readyz', '/api']) yield ask('GET', path);
  yield ask('POST', `${HERE}/reset`, '', '{}');
}

const userOf = (index: number) => ({
  ...{
    userName: `large${index}`,
    email: `large${index}@example.com`,
    givenName: 'Large',
    familyName: 'User',
  },
  displayName: `Large User ${index}`,
  groups: [`large ${index % GROUPS}`, `large ${(index + GROUPS / 2) % GROUPS}`],
});
