import assert from 'node:assert/strict';
import { readOrganizationFile } from '../../../src/administration/organization-file/read/read.ts';
import { findSignInNames } from '../../../src/cli/sign-in-names.ts';
import { setPassword } from '../../../src/domain/credentials/passwords/commands.ts';
import { declaredMacOf } from '../../../src/domain/credentials/passwords/declared-password.ts';
import { setUserEnabled } from '../../../src/domain/directory/user-commands.ts';
import { createSealer } from '../../../src/foundation/platform/crypto.ts';
import { describeOnEachDatabase } from '../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../support/databases/tenant.ts';
import { addUser } from '../../support/people/people.ts';

const SEALER = createSealer(Buffer.alloc(32, 7));
const PASSWORD = 'correct-Horse-7';

/** A file that declares users with one password. */
async function fileOf(...names: string[]) {
  const users = names.map(
    (name) =>
      `  - {userName: ${name}@example.com, email: ${name}@example.com, givenName: A, familyName: B, displayName: ${name}, password: ${PASSWORD}}`,
  );
  const text = `version: 1\norganization: {name: A, managementAccountId: '111122223333'}\ninstance: {region: us-east-1}\nusers:\n${users.join('\n')}\n`;
  const read = await readOrganizationFile({ text, name: 'a.yaml', folder: undefined });
  return read.ok ? read.file : assert.fail(JSON.stringify(read.faults));
}

describeOnEachDatabase('the users who can sign in, as a start names them', (open) => {
  let tenant: Tenant;
  beforeEach(async () => (tenant = await makeTenant(open())));

  /** Adds a user with a password as an organization file would, or (`null`) as another change would. */
  async function add(name: string, declared: string | null) {
    const user = await addUser(tenant, name);
    const declaredMac = declared === null ? null : declaredMacOf(SEALER, user.id, declared);
    await tenant.run((work) => setPassword(work, tenant.instance, user.id, { hash: 'x', declaredMac }));
    return user;
  }
  const found = async (...names: string[]) =>
    findSignInNames(
      { queries: tenant.db.read, sealer: SEALER },
      tenant.instance,
      names.length > 0 ? await fileOf(...names) : undefined,
    );

  it('have the declared password beside them only while it is theirs', async () => {
    await add('ana', PASSWORD);
    await add('bo', null); // has changed it
    await add('cem', 'declared-Before-8');
    const dana = await add('dana', PASSWORD);
    await tenant.run((work) => setUserEnabled(work, tenant.instance, dana.id, false));
    assert.deepEqual(await found('ana', 'bo', 'cem', 'dana', 'eva'), {
      names: [{ userName: 'ana@example.com', password: PASSWORD }],
      more: false,
    });
  });

  it('are named without a password when no declared one is theirs', async () => {
    await add('ana', null);
    const bo = await add('bo', PASSWORD);
    await tenant.run((work) => setUserEnabled(work, tenant.instance, bo.id, false));
    for (const declared of [[], ['ana', 'bo']])
      assert.deepEqual(await found(...declared), { names: [{ userName: 'ana@example.com' }], more: false });
  });
});
