import assert from 'node:assert/strict';
import type { Actor } from '../../../../src/domain/audit/actor.ts';
import {
  assertOwnAccount,
  assertOwnSettings,
} from '../../../../src/domain/organizations/operators-settings.ts';
import { mergeSettings, settingsSchema } from '../../../../src/domain/organizations/settings.ts';
import type { DirectoryId, OrganizationId, UserId } from '../../../../src/foundation/platform/ids.ts';
import { AppError } from '../../../../src/foundation/platform/errors.ts';

const administrator: Actor = {
  ...{ type: 'administrator', userId: 'ana' as UserId, userName: 'ana', accountId: '111122223333' },
  ...{ directoryId: 'd-1' as DirectoryId, organizationId: 'o-1' as OrganizationId },
  ...{ access: 'full', signedInAt: 0, withMfa: false },
};
const DEFAULTS = settingsSchema.parse({});

/** A change of every setting, by its pointer. */
const CHANGES: Readonly<Record<string, unknown>> = {
  '/mfa/mode': 'disabled',
  '/mfa/types': ['totp'],
  '/mfa/withoutDevice': 'block',
  '/mfa/selfService': false,
  '/session/lifetime': 'PT1H',
  '/session/revocation': 'immediate',
  '/time/wire': 'instance',
  '/signIn/throttleWindow': 'PT1H',
  '/signIn/attemptsPerUser': 1,
  '/signIn/attemptsPerAddress': 1,
  '/signIn/passwordHashCost': 16,
  '/signIn/simulatedAddress': true,
  '/signIn/demoUsers': true,
  '/signIn/demoMail': true,
  '/requests/profile': 'as-aws',
  '/requests/weakAlgorithms': 'refuse',
  '/retention/events': 1,
  '/retention/eventBytes': 65_536,
  '/retention/exchangesPerApplication': 1,
  '/retention/exchangeBytesPerApplication': 65_536,
  '/retention/requestsPerApplication': 1,
  '/retention/requestBytesPerApplication': 65_536,
  '/retention/mails': 1,
  '/retention/mailBytes': 65_536,
  '/exchanges/content': 'none',
  '/quotas/applications': 1,
  '/quotas/serviceProviderCertificateBytes': 512,
  '/branding/name': 'Example',
  '/branding/colour': '#123456',
  '/denial': 'status',
  '/reservedNames': 'send',
};

const pointersOf = (value: object, prefix = ''): string[] =>
  Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? pointersOf(each, `${prefix}/${key}`)
      : [`${prefix}/${key}`],
  );

const changed = (pointer: string) => {
  const keys = pointer.split('/').slice(1);
  const change = keys.reduceRight<unknown>((value, key) => ({ [key]: value }), CHANGES[pointer]);
  const settings = mergeSettings(DEFAULTS, change);
  assert.notDeepEqual(settings, DEFAULTS, `${pointer} isn’t changed`);
  return settings;
};

describe('the settings that cost the whole server', () => {
  it('are decided on for every setting', () => {
    assert.deepEqual(Object.keys(CHANGES).sort(), pointersOf(DEFAULTS).sort());
  });

  it('are the cost of a password hash, what is kept, and quotas: no administrator changes them', () => {
    const refused = Object.keys(CHANGES).filter((pointer) => {
      try {
        assertOwnSettings(administrator, DEFAULTS, changed(pointer));
        return false;
      } catch (error) {
        assert.ok(error instanceof AppError && error.code === 'AccessDeniedException');
        assert.deepEqual(
          error.fields.map(({ field }) => field),
          [pointer],
        );
        return true;
      }
    });
    assert.deepEqual(refused, [
      '/signIn/passwordHashCost',
      ...Object.keys(CHANGES).filter((pointer) => /^\/(retention|quotas)\//.test(pointer)),
    ]);
  });

  it('are named together in the message', () => {
    const wanted = mergeSettings(DEFAULTS, { quotas: { applications: 7 }, signIn: { passwordHashCost: 20 } });
    assert.throws(() => assertOwnSettings(administrator, DEFAULTS, wanted), {
      publicMessage:
        'Only an operator of the server can change signIn.passwordHashCost, quotas.applications.',
    });
    assertOwnSettings({ type: 'operator', name: 'control-api' }, DEFAULTS, wanted);
  });

  it('don’t include the account, which is the operators’ too (attack)', () => {
    const [before, after] = [
      { managementAccountId: '111122223333' },
      { managementAccountId: '444455556666' },
    ];
    assert.throws(
      () => assertOwnAccount(administrator, before, after),
      (error) => {
        assert.ok(error instanceof AppError && error.code === 'AccessDeniedException');
        assert.equal(error.publicMessage, 'Only an operator of the server can change managementAccountId.');
        assert.deepEqual(
          error.fields.map(({ field }) => field),
          ['/managementAccountId'],
        );
        return true;
      },
    );
    assertOwnAccount(administrator, before, before);
    assertOwnAccount({ type: 'operator', name: 'control-api' }, before, after);
  });

  it('may stay as they are in a change of others', () => {
    const settings = mergeSettings(DEFAULTS, { quotas: { applications: 7 } });
    assertOwnSettings(administrator, settings, mergeSettings(settings, { denial: 'status' }));
  });
});
