import type { MfaDeviceId, UserId } from '../../../../src/foundation/platform/ids.ts';
import { softwareKey, type SoftwareKey } from '../software-key.ts';
import { addApp, addKey, organizationWith, userOf } from '../mfa.ts';
import { startServer, type TestServer } from '../../servers/server.ts';

/** A user with the devices at the start of a walk. */
export interface Person {
  userName: string;
  password: string;
  id: UserId;
  app: 'none' | 'in-sync' | 'stale';
  appId: MfaDeviceId | undefined;
  key: SoftwareKey | undefined;
  mustChange: boolean;
  hash: string;
}

export const PASSWORD = 'correct-Horse-7';
/** The password that replaces a one-time password. */
export const CHANGED = 'Changed-horse-8';
const PEOPLE = [
  ['app@example.com', 'in-sync', false, false],
  ['key@example.com', 'none', true, false],
  ['both@example.com', 'in-sync', true, false],
  ['none@example.com', 'none', false, false],
  ['stale@example.com', 'stale', false, false],
  ['first@example.com', 'none', false, true],
  ['firstapp@example.com', 'in-sync', false, true],
] as const;

/** The applications that require second factors. */
const APPLICATION = `applications:
  - {key: wiki, displayName: Wiki, serviceProvider: {entityId: https://wiki.example, acsUrls: [https://wiki.example/acs]}, assignments: {everyone: true}}
`;

/** A server with these users, whose limits on attempts never interfere. */
export async function startWithPeople(): Promise<{ server: TestServer; people: Person[] }> {
  const users = PEOPLE.map(
    ([userName]) =>
      `  - {userName: ${userName}, password: ${PASSWORD}, email: ${userName}, givenName: A, familyName: B, displayName: C}`,
  );
  const organization = organizationWith({}, 100_000)
    .replace(/users:\n(?: {2}- .*\n)+/, `users:\n${users.join('\n')}\n`)
    .replace(/applications:[^]*/, APPLICATION);
  const server = await startServer({ organization });
  const people: Person[] = [];
  for (const [userName, app, hasKey, mustChange] of PEOPLE) {
    const { id } = await userOf(server, userName);
    const key = hasKey ? softwareKey() : undefined;
    if (key) await addKey(server, key, userName);
    const appId = app === 'none' ? undefined : (await addApp(server, userName)).id;
    const { hash } = await server.db.read
      .selectFrom('passwords')
      .select('hash')
      .where('user_id', '=', id)
      .executeTakeFirstOrThrow();
    people.push({ ...{ userName, password: PASSWORD, id, app, appId, key, mustChange, hash } });
  }
  return { server, people };
}

/** Restores the users to their state at the start. */
export async function resetPeople({ db }: TestServer, people: readonly Person[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.updateTable('mfa_devices').set({ drift_steps: 0 }).where('device_type', '=', 'TOTP').execute();
    for (const { id, hash, mustChange, appId, app } of people) {
      await tx
        .updateTable('passwords')
        .set({ hash, must_change: mustChange ? 1 : 0 })
        .where('user_id', '=', id)
        .execute();
      await tx.deleteFrom('password_history').where('user_id', '=', id).execute();
      if (appId === undefined) continue;
      const in_sync = app === 'stale' ? 0 : 1;
      await tx.updateTable('mfa_devices').set({ counter: null, in_sync }).where('id', '=', appId).execute();
    }
  });
}
