import assert from 'node:assert/strict';
import { listUsers } from '../../../src/domain/directory/user-list-store.ts';
import { formOf, type Answer, type Browserless } from './browserless.ts';
import { signIn, startServer, type TestServer } from './server.ts';

/** A server with the browser of its administrator, Ana, and what tests of the console's users need. */
export interface UsersConsole {
  server: TestServer;
  ana: Browserless;
  /** The path of a user's page, by the name before `@example.com`. */
  hrefOf(name: string): Promise<string>;
  /** Sends Ana's form of a page whose action contains this. */
  send(page: Answer, action: string, values?: Record<string, string>): Promise<Answer>;
  /** All users, to be compared. */
  state(): Promise<string>;
}

export const USERS = '/demo/console/users';

export async function startUsersConsole(): Promise<UsersConsole> {
  const server = await startServer();
  const { users } = server.organization;
  await users.setConsoleAccess('ana@example.com', 'full');
  const ana = server.browser();
  await signIn(ana, 'ana@example.com', 'correct-Horse-7');
  return {
    ...{ server, ana },
    async hrefOf(name) {
      const user = await users.get(`${name}@example.com`);
      return `${USERS}/${user?.id ?? assert.fail(`${name} is missing`)}`;
    },
    send(page, action, values = {}) {
      const form = formOf(page, action, ['csrf']);
      return ana.post(form.action, { ...form.fields, ...values }, { site: 'same-origin' });
    },
    async state() {
      const { items } = await listUsers(server.db.read, server.instance.id, {}, { limit: 1000 });
      return JSON.stringify(items);
    },
  };
}
