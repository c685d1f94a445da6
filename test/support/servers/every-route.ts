import assert from 'node:assert/strict';
import { sendChecked } from '../mutation/mutation-run.ts';
import { targetOf } from '../saml/single-sign-on.ts';
import { formOf, type Browserless } from './browserless.ts';
import type { RawAnswer, RawRequest } from './raw-http.ts';
import { signIn, startServer, type TestServer } from './server.ts';

export const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;

/**
 * The only forms that we accept from other sites: SAML messages, which either prove their origin or only start a
 * sign-in.
 */
export const FROM_ELSEWHERE = ['/:instance/saml/assertion/:application', '/samples/:sample/:directory/acs'];

/** The fields that our forms need beside their token. A form that needs another field must be added here. */
export const FIELDS = { username: 'ana@example.com', password: 'correct-Horse-7', version: '1' };

type Route = Awaited<ReturnType<TestServer['app']['routes']>>[number];

/** Every route of a server, and the means to send requests to each as a signed-in browser. */
export interface EveryRoute {
  server: TestServer;
  browser: Browserless;
  /** The CSRF token of `browser`. */
  token: string;
  all: readonly Route[];
  /** The routes with these methods, except those of the control API. */
  routes(...methods: string[]): Route[];
  /** The routes that change something. */
  changing(): Route[];
  /** The paths of forms that only our own pages send. */
  ourForms(): string[];
  /** The path with existing names in place of its parameters, where such names exist. */
  fill(path: string): string;
  cookie(): readonly [string, string];
  send(path: string, request?: Omit<RawRequest, 'target'>): Promise<RawAnswer>;
  postForm(path: string, fields: Record<string, string>, headers?: RawRequest['headers']): Promise<RawAnswer>;
}

/**
 * Starts a server and signs in `ana@example.com`, who administers the instance; another sign-in of the same browser stays
 * open.
 */
export async function startEveryRoute(): Promise<EveryRoute> {
  const server = await startServer();
  // So that forms of the console are judged, and not the right to send them.
  await server.organization.users.setConsoleAccess('ana@example.com', 'full');
  const all = await server.app.routes();
  const browser = server.browser();
  const identify = await browser.get('/demo/start', { followRedirects: true });
  const { action } = formOf(identify, '/identify');
  // A second tab signs in to the portal, so that the first sign-in stays open.
  const portal = await signIn(browser, 'ana@example.com', 'correct-Horse-7');
  const token = formOf(portal, '/signout').fields['csrf'] ?? assert.fail('no token');
  const values: Record<string, string> = {
    instance: server.instance.directoryId,
    directory: server.instance.directoryId,
    signIn: action.split('/')[3] ?? assert.fail(action),
    application: (await targetOf(server, 'wiki')).id,
    ...{ sample: 'notes', pending: 'x', organization: 'default' },
  };
  const fill = (path: string) => path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? 'x');
  const cookie = () => ['Cookie', [...browser.cookies].map((pair) => pair.join('=')).join('; ')] as const;
  const send: EveryRoute['send'] = (path, { headers = [], ...request } = {}) =>
    sendChecked(server, { target: fill(path), headers: [cookie(), ...headers], ...request });
  const routes = (...methods: string[]) =>
    all.filter(({ method, path }) => methods.includes(method) && !path.startsWith('/api/v1'));
  const changing = () => routes('POST', 'PUT', 'PATCH', 'DELETE');
  return {
    ...{ server, browser, token, all, routes, changing, fill, cookie, send },
    ourForms: () =>
      changing()
        .map(({ path }) => path)
        .filter((path) => !FROM_ELSEWHERE.includes(path)),
    postForm: (path, fields, headers = []) =>
      send(path, {
        method: 'POST',
        headers: [FORM, ...headers],
        body: new URLSearchParams(fields).toString(),
      }),
  };
}
