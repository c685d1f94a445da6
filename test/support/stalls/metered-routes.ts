import assert from 'node:assert/strict';
import type { OpenApiDocument } from '../../../src/interfaces/control-api/contract/openapi.ts';
import { formOf } from '../servers/browserless.ts';
import type { RawRequest } from '../servers/raw-http.ts';
import { API_TOKEN, EXAMPLE, signIn, startServer } from '../servers/server.ts';
import { MeteredServer } from './metered-server.ts';

export interface Route {
  readonly method: string;
  readonly path: string;
}

/** A request with the name that a failing test shows. */
export interface NamedRequest {
  readonly name: string;
  readonly request: RawRequest;
}

/** The built server with all its routes, a signed-in browser, and what names the records in paths. */
export interface MeteredRoutes {
  readonly server: MeteredServer;
  readonly all: readonly Route[];
  readonly description: OpenApiDocument;
  /** The CSRF token of the browser. */
  readonly token: string;
  /** The path with existing names in place of its parameters, where such names exist; `first` replaces the first one. */
  fill(path: string, first?: string): string;
  /** A request to a route by its signed-in browser, or with the API token. */
  to(
    route: Route,
    request?: Omit<RawRequest, 'target' | 'method'> & { query?: string; first?: string },
  ): RawRequest;
}

const UUID = /[0-9a-f]{10}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Routes that would end what the other requests need. They come last. */
const ENDING = [/\/reset$/, /^\/api\/v1\/organizations\/:organization$/, /\/signout$/, /\/end-others$/];
const isEnding = ({ path, method }: Route) => method !== 'GET' && ENDING.some((each) => each.test(path));

/** Starts the built server. The routes are those of the sources, so a new one is among them by itself. */
export async function startMetered(): Promise<MeteredRoutes> {
  const known = await startServer();
  const routes = (await known.app.routes()).filter(({ method }) => method !== 'HEAD');
  const all = [...routes.filter((route) => !isEnding(route)), ...routes.filter(isEnding)];
  await known.stop();
  const server = await MeteredServer.start(EXAMPLE);
  const identify = await server.browser.get('/demo/start', { followRedirects: true });
  const portal = await signIn(server.browser, 'ana@example.com', 'correct-Horse-7');
  const cookie = ['Cookie', [...server.browser.cookies].map((pair) => pair.join('=')).join('; ')] as const;
  const bearer = ['Authorization', `Bearer ${API_TOKEN}`] as const;
  const read = async (path: string) => {
    const { answer } = await server.measure({ target: `/api/v1${path}`, headers: [bearer] });
    assert.equal(answer.status, 200, answer.body);
    return answer.body;
  };
  const directory = /d-[0-9a-f]{10}/.exec(await read('/organizations/default'))?.[0] ?? assert.fail();
  const application = /ins-[0-9a-f]{16}/.exec(await read('/organizations/default/applications'))?.[0];
  const values: Record<string, string> = {
    ...{ instance: directory, directory, organization: 'default', sample: 'notes', entry: 'Slack' },
    signIn: formOf(identify, '/identify').action.split('/')[3] ?? assert.fail(),
    application: application ?? assert.fail(),
    user: UUID.exec(await read('/organizations/default/users'))?.[0] ?? assert.fail(),
    group: UUID.exec(await read('/organizations/default/groups'))?.[0] ?? assert.fail(),
  };
  const fill = (path: string, first?: string) => {
    let rest = first;
    return path.replace(/:(\w+)/g, (_all, name: string) => {
      const value = rest ?? values[name] ?? 'x';
      rest = undefined;
      return value;
    });
  };
  return {
    ...{ server, all, fill },
    description: JSON.parse(await read('/openapi.json')) as OpenApiDocument,
    token: formOf(portal, '/signout').fields['csrf'] ?? assert.fail(),
    to({ method, path }, { query = '', first, headers = [], ...rest } = {}) {
      const own = path.startsWith('/api/v1') ? bearer : cookie;
      // A header that is itself hostile replaces ours.
      const kept = headers.some(([name]) => name === own[0]) ? headers : [own, ...headers];
      return { method, target: `${fill(path, first)}${query && `?${query}`}`, headers: kept, ...rest };
    },
  };
}
