import assert from 'node:assert/strict';
import { readContent, readTables, type DescribedTable } from '../databases/schema.ts';
import type { Browserless } from './browserless.ts';
import { startEveryRoute } from './every-route.ts';
import { fillEverything, isOfConsole } from './filled-routes.ts';
import { API_TOKEN, signIn, type TestServer } from './server.ts';

/** Rows that only say that somebody without a session was led to sign in, or has tried a token. */
const TRIES: readonly string[] = ['sign_ins', 'operator_attempts'];

/** Every page and form of an instance's console, and the means to visit them. */
export interface ConsoleRoutes {
  server: TestServer;
  /** The paths of the pages, by the router, such as `/:instance/console/groups/:group`. */
  pages: readonly string[];
  /** The paths of the forms. */
  forms: readonly string[];
  /** The paths of operators' forms about the whole server. */
  operatorForms: readonly string[];
  /** The path with existing names in place of its parameters; those of `own` take their place. */
  fill(path: string, own?: Readonly<Record<string, string>>): string;
  /** A browser that is signed in at the portal of an instance. */
  signedIn(userName: string, password: string, instance?: string): Promise<Browserless>;
  /**
   * Runs visits. Fails when anything in the database is another afterwards, but for new sign-ins and for events of
   * refused commands.
   */
  changesNothing(what: string, visits: () => Promise<void>): Promise<void>;
}

/** Starts a server with an organization that has something for every parameter of a path. */
export async function startConsoleRoutes(): Promise<ConsoleRoutes> {
  const every = await startEveryRoute();
  const { server } = every;
  const fill = await fillEverything(every);
  const tables = (await readTables(server.db)).filter(({ name }) => !TRIES.includes(name));
  const pathsOf = (wanted: string, isWanted: (path: string) => boolean) =>
    every.all
      .filter(({ method, path }) => method === wanted && isWanted(path))
      .map(({ path }) => path)
      .sort();
  return {
    server,
    fill: (path, own = {}) =>
      fill(path.replace(/:(\w+)/g, (parameter, name: string) => own[name] ?? parameter)),
    pages: pathsOf('GET', isOfConsole),
    forms: pathsOf('POST', isOfConsole),
    operatorForms: pathsOf('POST', (path) => path.startsWith('/organizations')),
    async signedIn(userName, password, instance = 'demo') {
      const browser = server.browser();
      const portal = await signIn(browser, userName, password, `/${instance}/start`);
      assert.equal(portal.status, 200, portal.body);
      return browser;
    },
    async changesNothing(what, visits) {
      const before = await readContent(server.db, tables);
      await visits();
      assertSame(what, tables, before, await readContent(server.db, tables));
    },
  };
}

type Content = Awaited<ReturnType<typeof readContent>>;

/** Fails when a row was added, changed or deleted; but a refused command leaves an event with its error. */
function assertSame(what: string, tables: readonly DescribedTable[], before: Content, now: Content): void {
  for (const { name } of tables) {
    const [old, present] = [before.get(name) ?? [], now.get(name) ?? []];
    const added = present.filter((row) => !old.includes(row));
    const unexpected = name === 'events' ? added.filter((row) => !row.includes('errorCode')) : added;
    assert.deepEqual(unexpected, [], `${what} adds to ${name}`);
    assert.equal(present.length - added.length, old.length, `${what} deletes from ${name}`);
  }
}

/**
 * Creates an organization whose instance is `alias`, with an administrator and records of its own. Its names and ids are
 * nowhere else. Gives them by the parameters of the paths.
 */
export async function addOrganization(
  server: TestServer,
  alias: string,
  administrator: { userName: string; password: string },
): Promise<{ user: string; group: string; application: string }> {
  const call = async (method: string, path: string, json: object) => {
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    const answer = await server.browser().send(method, `/api/v1/organizations${path}`, { headers, json });
    assert.ok(answer.status < 300, answer.body);
    return JSON.parse(answer.body === '' ? '{}' : answer.body) as { id: string }; // what the API returns
  };
  const made = await call('POST', '', { name: 'Other Corp', managementAccountId: '444455556666', alias });
  const names = { givenName: 'Olga', familyName: 'Other', displayName: 'Olga Other' };
  const email = 'olga@example.com';
  const { id } = await call('POST', `/${made.id}/users`, { ...administrator, ...names, email });
  await call('PUT', `/${made.id}/users/${id}/console-access`, { access: 'full' });
  const group = await call('POST', `/${made.id}/groups`, { displayName: 'Pilots' });
  const application = await call('POST', `/${made.id}/applications`, {
    ...{ displayName: 'Planner', key: 'planner' },
    serviceProvider: {
      entityId: 'https://planner.example.com',
      acsUrls: ['https://planner.example.com/acs'],
    },
  });
  return { user: id, group: group.id, application: application.id };
}
