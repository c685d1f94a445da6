import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Application } from '../../../../src/interfaces/library/types/applications.ts';
import type { Organization } from '../../../../src/interfaces/library/types/handles.ts';
import { itAtTwoDepths } from '../../../support/basics/depth.ts';
import { signOn, type SigningIn } from '../../../support/diagnosis/real-sign-on.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

const PASSWORD = 'correct-Horse-7';
const SECRET_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Everything that can be in the way of a user. */
const scenes = fc.record({
  isEnabled: fc.boolean(),
  password: fc.constantFrom('set', 'set', 'one-time', 'none'),
  isThrottled: fc.boolean(),
  hasDevice: fc.boolean(),
  mode: fc.constantFrom('disabled', 'context-aware', 'always-on'),
  withoutDevice: fc.constantFrom('allow', 'register', 'email-code', 'block'),
  types: fc.constantFrom<('totp' | 'webauthn')[]>(['totp', 'webauthn'], ['totp']),
  access: fc.constantFrom('none', 'user', 'group', 'everyone'),
  isApplicationEnabled: fc.boolean(),
  hasSubject: fc.boolean(),
});
type Scene = typeof scenes extends fc.Arbitrary<infer S> ? S : never;

/** Nothing is in the way. */
const CLEAR: Scene = {
  ...{ isEnabled: true, password: 'set', isThrottled: false, hasDevice: false, mode: 'disabled' },
  ...{ withoutDevice: 'allow', types: ['totp'], access: 'user', isApplicationEnabled: true },
  hasSubject: true,
};

/** Each cause alone, and the finding that has to name it first. */
const CAUSES: readonly [code: string, scene: Partial<Scene>][] = [
  ['user-disabled', { isEnabled: false }],
  ['password-missing', { password: 'none' }],
  ['throttled', { isThrottled: true }],
  ['device-missing', { mode: 'always-on', withoutDevice: 'block' }],
  ['not-assigned', { access: 'none' }],
  ['application-disabled', { isApplicationEnabled: false }],
  ['subject-missing', { hasSubject: false }],
];

describe('a diagnosis', () => {
  let server: TestServer;
  let organization: Organization;
  let application: Application;
  let people = 0;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    ({ organization } = server);
    application = await organization.applications.create({
      ...{ key: 'diagnosed', displayName: 'Diagnosed' },
      serviceProvider: { entityId: 'https://d.example.com', acsUrls: ['https://d.example.com/acs'] },
    });
    await organization.groups.create({ displayName: 'Diagnosed' });
  });
  after(() => server.stop());

  /** Makes a user for whom all of it is so, and the settings and the application that go with it. */
  const stage = async (scene: Scene): Promise<SigningIn> => {
    people += 1;
    const userName = `person-${people}`;
    const digits = String(people).padStart(32, '0');
    const totpSecret = digits.replace(/\d/g, (digit) => SECRET_LETTERS[Number(digit)] ?? 'A');
    const names = { givenName: 'P', familyName: 'P', displayName: userName };
    await organization.users.create({
      ...{ userName, email: `${userName}@example.com`, ...names },
      ...(scene.password !== 'none' && { password: PASSWORD }),
      ...(scene.access === 'group' && { groups: ['Diagnosed'] }),
      ...(scene.hasDevice && { totp: totpSecret }),
    });
    const oneTime =
      scene.password === 'one-time'
        ? (await organization.users.resetPassword(userName, { oneTimePassword: true })).oneTimePassword
        : undefined;
    const { mode, withoutDevice, types } = scene;
    const signIn = { attemptsPerUser: 2, attemptsPerAddress: 1_000_000 };
    await organization.settings.update({ mfa: { mode, withoutDevice, types }, signIn });
    if (scene.isThrottled) await useUpAttempts(userName);
    if (!scene.isEnabled) await organization.users.update(userName, { enabled: false });
    await assign(scene, userName);
    await application.update({
      enabled: scene.isApplicationEnabled,
      subject: {
        value: scene.hasSubject ? '${user:email}' : '${user:middleName}',
        format: 'unspecified',
      },
    });
    return { userName, password: oneTime ?? PASSWORD, totpSecret: scene.hasDevice ? totpSecret : undefined };
  };

  const useUpAttempts = async (userName: string) => {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await organization.signIn(userName, { password: 'wrong' }).catch(() => undefined);
    }
  };

  const assign = async ({ access }: Scene, userName: string) => {
    await application.unassign({ groups: ['Diagnosed'], everyone: true });
    if (access === 'user') await application.assign({ users: [userName] });
    if (access === 'group') await application.assign({ groups: ['Diagnosed'] });
    if (access === 'everyone') await application.assign({ everyone: true });
  };

  const diagnose = (user: string) => organization.diagnose({ user, application });

  for (const [code, cause] of [['', {}], ...CAUSES] as const) {
    it(`names the cause of a sign-on that fails: ${code === '' ? 'none' : code}`, async () => {
      const person = await stage({ ...CLEAR, ...cause });
      const { canSignIn, findings, conclusion } = await diagnose(person.userName);
      const causes = findings.filter(({ verdict }) => verdict === 'stops').map((each) => each.code);
      assert.deepEqual(causes, code === '' ? [] : [code]);
      assert.equal(canSignIn, code === '', conclusion);
      assert.equal(await signOn(organization, application.id, person), canSignIn, conclusion);
    });
  }

  itAtTwoDepths(
    'says that nothing stops a sign-on if and only if a real one succeeds',
    { sample: 8, full: 120 },
    async (context, numRuns) => {
      context.timeout(120_000);
      let succeeded = 0;
      await fc.assert(
        fc.asyncProperty(scenes, fc.integer({ min: 0, max: 9 }), async (drawn, kept) => {
          // Most have few causes: with all of them at random, hardly any sign-on would succeed.
          const names = Object.keys(CLEAR) as (keyof Scene)[]; // its own keys
          const isKept = (index: number) => index % 5 === kept % 5 || index === kept;
          const changed = names.filter((name, index) => isKept(index) || name === 'mode');
          const some = Object.fromEntries(changed.map((name) => [name, drawn[name]]));
          const scene: Scene = {
            ...CLEAR,
            hasDevice: drawn.hasDevice,
            withoutDevice: drawn.withoutDevice,
            ...some,
          };
          const person = await stage(scene);
          const { canSignIn, conclusion } = await diagnose(person.userName);
          const isSignedOn = await signOn(organization, application.id, person);
          assert.equal(isSignedOn, canSignIn, `${conclusion} ${JSON.stringify(scene)}`);
          if (isSignedOn) succeeded += 1;
        }),
        { numRuns, seed: 20261201, endOnFailure: true, interruptAfterTimeLimit: 90_000 },
      );
      assert.ok(succeeded > 0, 'some sign-ons succeed');
    },
  );

  it('is made for a name that no user has, and not for users and applications of another organization', async () => {
    const { conclusion, user } = await organization.diagnose({ user: 'nobody', application });
    assert.match(conclusion, /^nobody can’t sign in to Diagnosed: no user has this name/);
    assert.equal(user, null);
    await assert.rejects(organization.diagnose({ user: 'nobody', application: 'nothing' }), /nothing/);
  });
});
