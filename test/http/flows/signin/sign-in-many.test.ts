import assert from 'node:assert/strict';
import { inConformance } from '../../../support/basics/depth.ts';
import { openPostgres } from '../../../../src/foundation/storage/postgres.ts';
import { afterPassword, isSignedIn, mailedCodes, organizationWith } from '../../../support/mfa/mfa.ts';
import { postgres } from '../../../support/databases/postgres.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';
import { skipAloud } from '../../../support/basics/skip.ts';

const PEOPLE = 12;
const person = (index: number) => ({
  userName: `user${index}@example.com`,
  password: `correct-Horse-${index}`,
});

/** Users of one office, whose requests change the same counters. */
describe('many users who sign in from one address at once (PostgreSQL)', function () {
  this.timeout(60_000);
  let started: TestServer | undefined;
  afterEach(() => started?.stop());

  it(inConformance('don’t deadlock: each gets an answer'), async function () {
    const found = await postgres();
    if (!found.ok) skipAloud(this, found.reason);
    const db = await openPostgres({ url: await found.createDatabase(), onIdleError: () => undefined });
    const users = Array.from({ length: PEOPLE }, (_, index) => {
      const { userName, password } = person(index);
      return `  - {userName: ${userName}, password: ${password}, email: ${userName}, givenName: U, familyName: P, displayName: U ${index}}`;
    });
    const organization = organizationWith({ withoutDevice: 'email-code' }, 1000);
    const server = await startServer({
      db,
      organization: organization.replace('users:\n', `users:\n${users.join('\n')}\n`),
    });
    started = server;
    const [first, second] = [0, PEOPLE / 2];
    for (let round = 0; round < 5; round += 1) {
      const atCode = [];
      for (let index = first; index < second; index += 1) {
        const browser = server.browser();
        const page = await afterPassword(browser, person(index));
        atCode.push({ browser, page, code: (await mailedCodes(server))[0] ?? '' });
      }
      const [done, asked] = await Promise.all([
        Promise.all(atCode.map(({ browser, page, code }) => browser.submit(page, { code }))),
        Promise.all(
          Array.from({ length: PEOPLE / 2 }, async (_, index) => {
            const browser = server.browser();
            return afterPassword(browser, person(second + index));
          }),
        ),
      ]);
      assert.deepEqual([...new Set(done.map(({ status }) => status))], [303]);
      assert.deepEqual([...new Set(asked.map(({ status }) => status))], [200]);
      for (const { browser } of atCode) assert.ok(await isSignedIn(browser));
    }
  });
});
