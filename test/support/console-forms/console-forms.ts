import assert from 'node:assert/strict';
import { startConsoleRoutes } from '../servers/console-visitors.ts';
import { enterConsole } from '../servers/console.ts';
import { API_TOKEN, type TestServer } from '../servers/server.ts';
import type { DeclaredForm } from './declared-form.ts';
import { openForm, type OpenedForm } from './opened-form.ts';

/** Every form of the console, for an operator, who may send all of them. */
export interface ConsoleForms {
  server: TestServer;
  /** The paths to which forms are sent, by the router. */
  paths: readonly string[];
  open(path: string, form: DeclaredForm): Promise<OpenedForm>;
  /** Runs visits; fails when they have changed anything in the database. */
  changesNothing(what: string, visits: () => Promise<void>): Promise<void>;
}

/** Starts a server with something for every form, and opens its console. */
export async function startConsoleForms(): Promise<ConsoleForms> {
  const routes = await startConsoleRoutes();
  const { server } = routes;
  const places = await addPlaces(server);
  const operator = server.browser();
  await enterConsole(server, operator);
  const fill = (path: string) =>
    routes.fill(Object.entries(places).reduce((filled, [name, id]) => filled.replace(name, id), path));
  const forms: ConsoleForms = {
    server,
    paths: [...routes.forms, ...routes.operatorForms],
    open: (path, form) => openForm(operator, path, form, fill),
    changesNothing: (what, visits) => routes.changesNothing(what, visits),
  };
  // The form for the code of an app is shown once a registration is under way.
  const register = '/:instance/console/users/:user/mfa-devices/register';
  const started = await (await forms.open(register, { fields: {} })).send({ type: 'TOTP' });
  assert.equal(started.status, 303);
  return forms;
}

/** Organizations for forms that are there only once: their names in paths, and their ids. */
async function addPlaces(server: TestServer): Promise<Record<string, string>> {
  const call = async (method: string, path: string, json?: object) => {
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    const answer = await server
      .browser()
      .send(method, `/api/v1/organizations${path}`, { headers, ...(json && { json }) });
    assert.ok(answer.status < 300, answer.body);
    return JSON.parse(answer.body === '' ? '{}' : answer.body) as {
      id: string;
      directoryId: string;
    };
  };
  const create = (name: string) => call('POST', '', { name, managementAccountId: '444455556666' });
  const unnamed = await create('Unnamed');
  const without = await create('Without');
  await call('DELETE', `/${without.id}/instance`);
  return { INSTANCE_WITHOUT_ALIAS: unnamed.directoryId, ORGANIZATION_WITHOUT_INSTANCE: without.id };
}
