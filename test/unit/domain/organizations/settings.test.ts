import assert from 'node:assert/strict';
import { z } from 'zod';
import { mergeSettings, settingsSchema } from '../../../../src/domain/organizations/settings.ts';

describe('settings', () => {
  const defaults = settingsSchema.parse({});

  it('have AWS’s defaults when nothing is configured', () => {
    assert.deepEqual(defaults.session, { lifetime: 'PT8H', revocation: 'as-aws' });
    assert.deepEqual(defaults.time, { wire: 'real' });
    assert.equal(defaults.denial, 'page');
    assert.deepEqual(defaults.requests, { profile: 'lenient', weakAlgorithms: 'accept' });
    assert.ok(defaults.signIn.passwordHashCost >= 15);
  });

  it('are unchanged when they are parsed again, as when the database returns them', () => {
    assert.deepEqual(settingsSchema.parse(JSON.parse(JSON.stringify(defaults))), defaults);
  });

  it('accept a change key by key and keep the rest', () => {
    const merged = mergeSettings(defaults, { session: { lifetime: 'PT1H' }, denial: 'status' });
    const session = { ...defaults.session, lifetime: 'PT1H' };
    assert.deepEqual(merged, { ...defaults, session, denial: 'status' });
    assert.deepEqual(mergeSettings(merged, { session: { lifetime: undefined } }), merged);
    assert.deepEqual(defaults, settingsSchema.parse({}));
  });

  const wrong: [unknown, string][] = [
    [{ session: { lifetime: 'PT14M' } }, 'session.lifetime'],
    [{ session: { lifetime: 'P91D' } }, 'session.lifetime'],
    [{ session: { lifetime: 8 } }, 'session.lifetime'],
    [{ session: { revocation: 'never' } }, 'session.revocation'],
    [{ session: null }, 'session'],
    [{ session: [] }, 'session'],
    [{ signIn: { passwordHashCost: 30 } }, 'signIn.passwordHashCost'],
    [{ signIn: { attemptsPerUser: 0 } }, 'signIn.attemptsPerUser'],
    [{ time: { wire: 'sundial' } }, 'time.wire'],
    [{ requests: { profile: 'strict' } }, 'requests.profile'],
    [{ requests: { weakAlgorithms: 'warn' } }, 'requests.weakAlgorithms'],
  ];
  for (const [change, path] of wrong) {
    it(`refuse ${JSON.stringify(change)} and name the key`, () => {
      assert.throws(
        () => mergeSettings(defaults, change),
        (error) => error instanceof z.ZodError && error.issues.some((issue) => issue.path.join('.') === path),
      );
    });
  }

  it('refuse an unknown key, at any depth', () => {
    assert.throws(() => mergeSettings(defaults, { sesion: {} }), /sesion/);
    assert.throws(() => mergeSettings(defaults, { session: { lifetme: 'PT1H' } }), /lifetme/);
  });

  it('accept no prototype from the input', () => {
    const change: unknown = JSON.parse('{"__proto__": {"denial": "status"}}');
    let merged = defaults;
    try {
      merged = mergeSettings(defaults, change);
    } catch {
      // A refusal is equally good.
    }
    assert.equal(merged.denial, 'page');
    assert.equal(({} as Record<string, unknown>)['denial'], undefined);
  });
});
