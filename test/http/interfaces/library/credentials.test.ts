import assert from 'node:assert/strict';
import { START_AT } from '../../../support/basics/clock.ts';
import { ANA, libraries, refusal } from '../../../support/servers/library.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

describe('devices, sessions and time in the library', () => {
  const { start } = libraries();

  it('registers an app by its secret, with the user or later, and lists it without its secret', async () => {
    const { organization } = await start();
    const { users, mfaDevices } = organization;
    const ana = await users.create({ ...ANA, totp: SECRET });
    const bo = await users.create({ ...ANA, userName: 'bo', email: 'bo@example.com' });
    const phone = await mfaDevices.add(bo, { totpSecret: SECRET.toLowerCase(), name: 'Phone' });
    assert.deepEqual([phone.type, phone.name, phone.inSync], ['totp', 'Phone', true]);
    const [app] = await mfaDevices.list(ana);
    assert.equal(app?.name, 'Authenticator app');
    assert.ok(!JSON.stringify(app).includes(SECRET));
    assert.equal((await refusal(mfaDevices.add(bo, { totpSecret: SECRET }))).code, 'ConflictException');
    const wrong = await refusal(mfaDevices.add(bo, { totpSecret: 'JBSWY3DPEHPK3P01' }));
    assert.deepEqual(
      wrong.fields.map(({ field }) => field),
      ['totpSecret'],
    );
    assert.ok(!wrong.message.includes('3P01'));
    assert.deepEqual(phone.warnings, []);
    const short = await mfaDevices.add(bo, { totpSecret: 'JBSWY3DPEHPK3PXP', name: 'Old phone' });
    assert.match(short.warnings.join(), /80 bits\. RFC 4226/);
    await mfaDevices.rename('bo', short, 'Spare phone');
    assert.equal((await mfaDevices.list(bo))[1]?.name, 'Spare phone');
    assert.equal((await refusal(mfaDevices.rename('bo', short, ''))).code, 'ValidationException');
    assert.equal((await refusal(mfaDevices.rename(ana, short, 'x'))).code, 'ResourceNotFoundException');
    await mfaDevices.delete('bo', short);
    await mfaDevices.delete('bo', phone);
    assert.deepEqual(await mfaDevices.list(bo), []);
    assert.equal((await refusal(mfaDevices.delete(bo, phone))).code, 'ResourceNotFoundException');
    assert.equal((await refusal(mfaDevices.list('nobody'))).code, 'ResourceNotFoundException');
  });

  it('declares an app in an object as a file does', async () => {
    const { organization } = await start({ organization: { users: [{ ...ANA, totp: SECRET }] } });
    assert.equal((await organization.mfaDevices.list(ANA.userName)).length, 1);
    await organization.reset();
    assert.equal((await organization.mfaDevices.list(ANA.userName)).length, 1);
  });

  it('returns the code that an app shows, by real time whatever the organization’s clock says', async () => {
    // RFC 6238, appendix B: the secret 12345678901234567890 at 1111111109 s shows 07081804; six digits of it.
    const at = 1_111_111_109_000;
    const { organization } = await start({ clock: { now: () => at } });
    const rfc = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    assert.equal(await organization.mfaDevices.code(rfc), '081804');
    await organization.clock.advance('P1D');
    assert.equal(await organization.mfaDevices.code(rfc), '081804');
    await organization.settings.update({ time: { wire: 'instance' } });
    assert.notEqual(await organization.mfaDevices.code(rfc), '081804');
    assert.equal((await refusal(organization.mfaDevices.code('x'))).code, 'ValidationException');
  });

  it('signs in through the pages with a password and the code of an app', async () => {
    let now = START_AT;
    const { organization } = await start({ clock: { now: () => now } });
    const { users, sessions } = organization;
    await users.create({ ...ANA, totp: SECRET });
    const { password } = ANA;
    const browser = await organization.signIn(ANA.userName, { password, totpSecret: SECRET });
    assert.equal((await browser.visit(organization.portalUrl)).status, 200);
    const [session] = await sessions.list(ANA.userName);
    assert.deepEqual(
      session?.factors.map(({ type }) => type),
      ['PASSWORD', 'TOTP'],
    );
    // The same code again, the code of another app, and no code.
    const other = 'A'.repeat(32);
    for (const totpSecret of [SECRET, other, undefined]) {
      const tried = organization.signIn(ANA.userName, { password, ...(totpSecret && { totpSecret }) });
      assert.equal((await refusal(tried)).code, 'AccessDeniedException');
    }
    now += 30_000;
    await organization.signIn(ANA.userName, { password, totpSecret: SECRET });
    // Where no second factor is asked for, the browser sends none.
    await organization.settings.update({ mfa: { mode: 'disabled' } });
    await organization.signIn(ANA.userName, { password, totpSecret: SECRET });
  });

  it('lets a throttled user try again', async () => {
    const settings = { signIn: { attemptsPerUser: 2, passwordHashCost: 4 } };
    const { organization } = await start({ organization: { settings, users: [ANA] } });
    const signIn = (password: string) => organization.signIn(ANA.userName, { password });
    for (let time = 0; time < 2; time += 1) await refusal(signIn('wrong'));
    const throttled = await refusal(signIn(ANA.password));
    assert.match(throttled.message, /minute/);
    await organization.users.unblock(ANA.userName);
    assert.equal((await (await signIn(ANA.password)).visit(organization.portalUrl)).status, 200);
    assert.equal((await refusal(organization.users.unblock('nobody'))).code, 'ResourceNotFoundException');
  });

  it('lists the sessions of a user, and ends them at once', async () => {
    const { organization } = await start();
    const { users, sessions } = organization;
    await users.create(ANA);
    const [one, two] = [await organization.signIn(ANA.userName), await organization.signIn(ANA.userName)];
    const listed = await sessions.list(ANA.userName);
    assert.equal(listed.length, 2);
    assert.deepEqual(
      listed[0]?.factors.map(({ type }) => type),
      ['PASSWORD'],
    );
    const [session] = listed;
    assert.ok(session);
    await sessions.end(ANA.userName, session);
    assert.equal((await sessions.list(ANA.userName)).length, 1);
    await sessions.end(ANA.userName);
    assert.deepEqual(await sessions.list(ANA.userName), []);
    for (const browser of [one, two]) {
      assert.match((await browser.visit(organization.portalUrl)).url, /\/signin\//);
    }
    assert.equal((await refusal(sessions.end(ANA.userName, session))).code, 'ResourceNotFoundException');
  });

  it('moves, sets, freezes and resets the clock', async () => {
    let now = START_AT;
    const { organization } = await start({ clock: { now: () => now } });
    const { clock, users } = organization;
    const iso = (at: number) => new Date(at).toISOString();
    await users.create(ANA);
    const browser = await organization.signIn(ANA.userName);
    assert.equal(await clock.now(), iso(START_AT));
    assert.equal(await clock.advance('PT9H'), iso(START_AT + 9 * 3_600_000));
    assert.match((await browser.visit(organization.portalUrl)).url, /\/signin\//);
    assert.equal(await clock.freeze(), iso(START_AT + 9 * 3_600_000));
    now += 60_000;
    assert.equal(await clock.now(), iso(START_AT + 9 * 3_600_000));
    assert.equal(await clock.set('2030-01-31T10:00:00+01:00'), '2030-01-31T09:00:00.000Z');
    assert.equal(await clock.set(new Date(START_AT)), iso(START_AT));
    assert.equal(await clock.reset(), iso(START_AT + 60_000));
    assert.equal(await clock.now(), iso(now));
    for (const wrong of [clock.advance('9h'), clock.set('tomorrow'), clock.set('1970-01-01T00:00:00Z')]) {
      assert.equal((await refusal(wrong)).code, 'ValidationException');
    }
  });
});
