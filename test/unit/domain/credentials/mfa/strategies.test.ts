import assert from 'node:assert/strict';
import { z } from 'zod';
import { authorize } from '../../../../../src/domain/audit/actor.ts';
import type { MfaDetails, MfaDevice, MfaType } from '../../../../../src/domain/credentials/mfa/device.ts';
import {
  enabledTypes,
  MFA_TYPES,
  proofsOf,
  provedTypes,
  STRATEGIES,
  strategyOf,
  typeNamed,
} from '../../../../../src/domain/credentials/mfa/strategies.ts';
import type {
  DetailColumns,
  MfaAttempt,
  SetupRequest,
} from '../../../../../src/domain/credentials/mfa/strategy.ts';
import type { User } from '../../../../../src/domain/directory/user.ts';
import type { Instance } from '../../../../../src/domain/organizations/organization.ts';
import { settingsSchema } from '../../../../../src/domain/organizations/settings.ts';
import { createSealer } from '../../../../../src/foundation/platform/crypto.ts';
import {
  newMfaDeviceId,
  newSignInId,
  randomIds,
  type DirectoryId,
  type InstanceId,
  type UserId,
  type OrganizationId,
} from '../../../../../src/foundation/platform/ids.ts';
import { softwareKey } from '../../../../support/mfa/software-key.ts';
import { totpCode } from '../../../../support/mfa/totp-code.ts';

/** Simulates a device for the tests of a strategy. A new type must add one. */
interface Authenticator {
  /** The answer to the options of a registration. */
  register(told: object, secret: string): unknown;
  /** The answer to the challenge on a page. */
  use(shown: object, secret: string): string;
  /** The answers that resynchronize the device. */
  resync?(secret: string): readonly string[];
}

const NOW = Date.UTC(2026, 4, 5, 14);
const STEP = 30_000;
const ORIGIN = 'http://localhost:8080';

const AUTHENTICATORS: { readonly [T in MfaType]: () => Authenticator } = {
  TOTP: () => ({
    // The code is of an earlier step than that of its use, because a code is accepted once.
    register: (_told, secret) => totpCode(secret, NOW - STEP),
    use: (_shown, secret) => totpCode(secret, NOW),
    resync: (secret) => [totpCode(secret, NOW + 20 * STEP), totpCode(secret, NOW + 21 * STEP)],
  }),
  WEBAUTHN: () => {
    const key = softwareKey();
    const optionsIn = (given: object) => (given as { options: object }).options; // The details come from the same strategy.
    return {
      register: (told) => key.create(optionsIn(told), ORIGIN),
      use: (shown) => JSON.stringify(key.get(optionsIn(shown), ORIGIN)),
    };
  },
};

const sealer = createSealer(Buffer.alloc(32, 7));
const [userId, otherId] = ['u-1' as UserId, 'u-2' as UserId];
// The fields that strategies read.
const instance = {
  id: 'ssoins-1' as InstanceId,
  settings: settingsSchema.parse({}),
  organization: { name: 'Example' },
} as Instance;
const user = { id: userId, userName: 'ana@example.com', displayName: 'Ana' } as User;
const site = { publicUrl: new URL(ORIGIN), instance };
const times = { policyAt: NOW, wireAt: NOW };
const NONSENSE = ['', ' ', '{', 'null', '[]', '"x"', '000000', 'ü'.repeat(100), undefined, null, 7, {}, []];

const EMPTY: DetailColumns = {
  ...{ counter: null, sealed_secret: null, drift_steps: null, in_sync: 1 },
  ...{ credential_id: null, public_key: null, transports: null, is_built_in: 0 },
};

describe('the types of second factors', () => {
  const all = MFA_TYPES.map((type) => STRATEGIES[type]);
  const areDifferent = (values: readonly unknown[]) => assert.equal(new Set(values).size, values.length);

  it('differ in their names, addresses, and the members and answers in the API', () => {
    areDifferent(all.map(({ name }) => name));
    areDifferent([...all.map(({ registration }) => registration.path), 'cancel']);
    areDifferent([
      'name',
      ...all.flatMap(({ registration: { program } }) =>
        [program.answer.key, program.chosen?.key ?? []].flat(),
      ),
    ]);
    areDifferent([
      'type',
      ...all.flatMap(({ registration: { program } }) => Object.keys(program.setupShape)),
    ]);
    areDifferent(MFA_TYPES.flatMap(proofsOf));
  });

  it('are those of the settings', () => {
    assert.deepEqual(enabledTypes(settingsSchema.parse({})), MFA_TYPES);
  });
});

for (const type of MFA_TYPES) describeStrategy(type);

function describeStrategy(type: MfaType): void {
  const strategy = strategyOf({ type });
  const { registration, challenge, resync, stored, declared } = strategy;
  const request = (secret: string): SetupRequest<MfaType> => ({
    ...{ ...site, user, secret },
    registered: () => Promise.resolve([]),
  });
  const attempt: MfaAttempt = {
    ...{ ...site, sealer, times },
    signIn: { id: newSignInId(randomIds), version: 1 },
  };
  const deviceOf = (details: MfaDetails, owner = userId): MfaDevice => ({
    ...{ id: newMfaDeviceId(randomIds), userId: owner, name: 'Mine', registeredAt: NOW },
    ...{ lastUsedAt: null, version: 1 },
    ...details,
  });

  async function registered() {
    const authenticator = AUTHENTICATORS[type]();
    const secret = await registration.newSecret(randomIds);
    const told = await registration.program.setup(request(secret));
    const answer = authenticator.register(told, secret);
    const verdict = await registration.prove(site, secret, answer, times);
    assert.ok(verdict.ok);
    return { authenticator, secret, answer, details: verdict.details };
  }

  describe(`a second factor of the type ${type}`, () => {
    it('has the name that settings enable it by, and says what proves it', () => {
      assert.equal(strategy.type, type);
      assert.equal(typeNamed(strategy.name), type);
      const settings = settingsSchema.parse({ mfa: { types: [strategy.name] } });
      assert.deepEqual(enabledTypes(settings), [type]);
      for (const proof of proofsOf(type)) assert.deepEqual(provedTypes(['PASSWORD', proof]), [type]);
      assert.ok(strategy.maxDevices >= 1 && strategy.plural !== '');
    });

    it('is registered by operations that users may perform only for themselves', () => {
      const actor = { type: 'user', userId, userName: 'ana', directoryId: 'd-1' as DirectoryId } as const;
      for (const operation of Object.values(registration.operations)) {
        const organizationId = 'o-1' as OrganizationId;
        assert.ok(authorize(actor, operation, { organizationId, owner: userId }).ok);
        assert.ok(!authorize(actor, operation, { organizationId, owner: otherId }).ok);
      }
    });

    it('shows a page its type, and a program the fields of its schema', async () => {
      const secret = await registration.newSecret(randomIds);
      assert.equal((await registration.setup(request(secret))).type, type);
      const told = await registration.program.setup(request(secret));
      assert.notDeepEqual(told, {});
      z.strictObject(registration.program.setupShape).parse(told);
    });

    it('is registered by the device’s answer, as JSON and as the text of a form', async () => {
      const { secret, answer, details } = await registered();
      assert.equal(details.type, type);
      assert.notEqual(strategy.defaultName(details), '');
      assert.deepEqual(registration.program.answer.schema.parse(answer), answer);
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
      assert.equal(registration.field.text.parse(text), text);
      const again = await registration.prove(site, secret, text, times);
      assert.deepEqual(again, { ok: true, details });
    });

    it('isn’t registered by nonsense, nor by an answer to another registration', async () => {
      const { answer } = await registered();
      const secret = await registration.newSecret(randomIds);
      for (const wrong of [...NONSENSE, answer]) {
        assert.equal((await registration.prove(site, secret, wrong, times)).ok, false, String(wrong));
      }
    });

    it('is read from its columns as it was written, and its secret can’t be read there', async () => {
      const { secret, details } = await registered();
      const device = deviceOf(details);
      const columns = { ...EMPTY, ...stored.toColumns(device, sealer) };
      const row = {
        ...{ id: device.id, instance_id: instance.id, user_id: userId, device_type: type, name: 'Mine' },
        ...{ registered_at: NOW, last_used_at: null, version: 1 },
        ...columns,
      };
      assert.deepEqual(stored.fromRow(row, sealer), details);
      assert.equal(columns.in_sync === 1, strategy.describe(details).inSync);
      assert.equal(columns.is_built_in === 1, strategy.describe(details).isBuiltIn);
      assert.ok(!JSON.stringify(row).includes(secret));
      assert.equal(stored.fromRow({ ...row, ...EMPTY }, sealer), undefined);
    });

    it('has the same fingerprint for the same device, and another for another device', async () => {
      const [{ details }, other] = [await registered(), await registered()];
      const fingerprint = (of: MfaDetails) => stored.toColumns(deviceOf(of), sealer).fingerprint;
      assert.equal(fingerprint(details), fingerprint(details));
      assert.notEqual(fingerprint(details), fingerprint(other.details));
    });

    it('is declared in a file as it was exported', async () => {
      const { details } = await registered();
      const written: unknown = JSON.parse(JSON.stringify(declared.write(details)));
      const read = declared.schema.parse(written); // The schema of this type parses the details.
      assert.deepEqual(declared.read(read), details);
      assert.equal((written as { type: unknown }).type, strategy.name);
    });

    it('is used with the device’s answer, and not with nonsense or without a device', async () => {
      const { authenticator, secret, details } = await registered();
      const devices = [deviceOf(details)];
      const shown = await challenge.show(attempt, () => Promise.resolve(devices));
      assert.equal(shown.type, type);
      const answer = authenticator.use(shown, secret);
      assert.equal(challenge.field.text.parse(answer), answer);
      assert.equal((await challenge.judge(attempt, devices, answer)).right, true);
      assert.equal((await challenge.judge(attempt, [], answer)).right, false);
      const others = [deviceOf((await registered()).details)];
      assert.equal((await challenge.judge(attempt, others, answer)).right, false);
      for (const wrong of NONSENSE.filter((each) => typeof each === 'string')) {
        assert.equal((await challenge.judge(attempt, devices, wrong)).right, false, wrong);
      }
    });

    it('is resynchronized by the device’s answers, if it can get out of sync at all', async () => {
      const { authenticator, secret, details } = await registered();
      assert.equal(resync === null, authenticator.resync === undefined);
      if (!resync || !authenticator.resync) return;
      const devices = [deviceOf(details)];
      const answers = authenticator.resync(secret);
      assert.equal(answers.length, resync.fields.length);
      assert.equal((await resync.judge(attempt, devices, answers)).right, true);
      assert.equal((await resync.judge(attempt, devices, answers.toReversed())).right, false);
      assert.equal((await resync.judge(attempt, [], answers)).right, false);
    });
  });
}
