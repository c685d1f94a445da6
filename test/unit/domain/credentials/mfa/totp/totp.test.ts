import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { generateSync } from 'otplib';
import {
  newTotpSecret,
  totpCode,
  resyncTotp,
  totpUri,
  verifyFirstTotp,
  verifyTotp,
  type TotpCredential,
} from '../../../../../../src/domain/credentials/mfa/totp/totp.ts';
import { totpSecretSchema, warningsAbout } from '../../../../../../src/domain/credentials/mfa/totp/secret.ts';
import { skipAloud } from '../../../../../support/basics/skip.ts';

const NOW = Date.UTC(2026, 4, 5, 14, 0, 10);
const STEP = Math.floor(NOW / 30_000);
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** The code of an app whose clock is `ahead` steps ahead. */
const code = (ahead = 0, secret = SECRET) =>
  generateSync({ secret, strategy: 'hotp', counter: STEP + ahead });
const app = (change: Partial<TotpCredential> = {}): TotpCredential => ({
  secret: SECRET,
  driftSteps: 0,
  lastStep: null,
  ...change,
});

describe('an authenticator app', () => {
  it('shows the same code as oathtool, for any secret at any time', async function () {
    if (spawnSync('oathtool', ['--version']).error) return skipAloud(this, 'oathtool is not installed');
    this.timeout(20_000);
    const instants = fc.sample(fc.integer({ min: 0, max: Date.UTC(2190, 0, 1) }), 25);
    for (const at of instants) {
      const secret = await newTotpSecret();
      const now = new Date(at).toISOString().replace('T', ' ').replace(/\..*/, ' UTC');
      const shown = spawnSync('oathtool', ['--totp', '--base32', '--now', now, secret], { encoding: 'utf8' });
      assert.match(shown.stdout, /^\d{6}\n$/, shown.stderr);
      const verdict = await verifyTotp(app({ secret }), shown.stdout.trim(), at);
      assert.deepEqual([verdict.ok, verdict.ok && verdict.driftSteps], [true, 0], `${secret} at ${now}`);
    }
  });

  for (const [ahead, ok] of [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ] as const) {
    it(`${ok ? 'may' : 'may not'} be ${ahead} steps off`, async () => {
      const verdict = await verifyTotp(app(), code(ahead), NOW);
      assert.deepEqual(
        verdict,
        ok ? { ok: true, lastStep: STEP + ahead, driftSteps: ahead } : { ok: false, reason: 'wrong' },
      );
    });
  }

  it('is followed when its clock drifts slowly, and accepted by its known drift', async () => {
    const verdict = await verifyTotp(app({ driftSteps: -7 }), code(-8), NOW);
    assert.deepEqual(verdict, { ok: true, lastStep: STEP - 8, driftSteps: -8 });
    assert.deepEqual(await verifyTotp(app({ driftSteps: -7 }), code(), NOW), { ok: false, reason: 'wrong' });
  });

  it('shows each code once: the same code and earlier ones are used up', async () => {
    const used = app({ lastStep: STEP });
    assert.deepEqual(await verifyTotp(used, code(), NOW), { ok: false, reason: 'used' });
    assert.deepEqual(await verifyTotp(used, code(-1), NOW), { ok: false, reason: 'used' });
    assert.ok((await verifyTotp(used, code(1), NOW)).ok);
  });

  it('shows good codes even if it was last used in a future that the clock was set back from', async () => {
    const [yearAhead, hoursAhead] = [app({ lastStep: STEP + 1_051_200 }), app({ lastStep: STEP + 200 })];
    assert.ok((await verifyTotp(yearAhead, code(), NOW)).ok);
    // A recent future use counts, as far as an app's own clock may be ahead.
    assert.deepEqual(await verifyTotp(hoursAhead, code(), NOW), { ok: false, reason: 'used' });
  });

  it('may have a secret of 80 bits, with a warning below 128', async () => {
    const short = 'JBSWY3DPEHPK3PXP';
    assert.equal(totpSecretSchema.parse('jbsw y3dp ehpk 3pxp'), short);
    assert.match(warningsAbout(short).join(), /has 80 bits\. RFC 4226 §4 demands 128/);
    assert.deepEqual([warningsAbout('A'.repeat(24)).length, warningsAbout('A'.repeat(26)).length], [1, 0]);
    assert.equal(totpSecretSchema.safeParse('JBSWY3DPEHPK3P').success, false);
    // RFC 4226, appendix D has 20 bytes; Python's hmac gave this code of ten.
    assert.equal(await totpCode(short, 0), '282760');
    assert.ok((await verifyTotp(app({ secret: short }), await totpCode(short, NOW), NOW)).ok);
  });

  it('accepts full-width digits and spaces, as some keyboards type them', async () => {
    const wide = code().replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    assert.ok((await verifyTotp(app(), `${wide.slice(0, 3)}\u3000${wide.slice(3)}`, NOW)).ok);
  });

  it('accepts spaces in a code; anything else but six digits is wrong, and no error', async () => {
    const shown = code();
    assert.ok((await verifyTotp(app(), ` ${shown.slice(0, 3)} ${shown.slice(3)} `, NOW)).ok);
    for (const wrong of ['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', '-12345', '1e5', '12345\0']) {
      assert.deepEqual(await verifyTotp(app(), wrong, NOW), { ok: false, reason: 'wrong' }, wrong);
    }
  });

  it('is registered with a code of up to ten steps ago, as out of sync beyond one step', async () => {
    assert.deepEqual(await verifyFirstTotp(SECRET, code(-1), NOW), {
      ...{ ok: true, inSync: true, lastStep: STEP - 1, driftSteps: -1 },
    });
    for (const ahead of [-10, -2, 2, 10]) {
      const verdict = await verifyFirstTotp(SECRET, code(ahead), NOW);
      assert.deepEqual(verdict, { ok: true, inSync: false, lastStep: STEP + ahead, driftSteps: 0 });
    }
    for (const ahead of [-11, 11]) {
      assert.deepEqual(await verifyFirstTotp(SECRET, code(ahead), NOW), { ok: false });
    }
  });

  it('is in sync again after two codes that follow each other, and no others', async () => {
    const resync = (first: string, second: string, lastStep: number | null = null) =>
      resyncTotp(app({ lastStep }), first, second, NOW);
    const found = { ok: true, lastStep: STEP - 39, driftSteps: -39 };
    assert.deepEqual(await resync(code(-40), code(-39)), found);
    assert.ok((await verifyTotp(app({ driftSteps: -39 }), code(-38), NOW)).ok);
    for (const [first, second] of [
      [code(-40), code(-38)],
      [code(-39), code(-40)],
      [code(-40), code(-40)],
      [code(-400), code(-399)],
      ['', ''],
    ] as const) {
      assert.deepEqual(await resync(first, second), { ok: false, reason: 'wrong' });
    }
    assert.deepEqual(await resync(code(-40), code(-39), STEP - 40), { ok: false, reason: 'used' });
  });

  it('reads its secret from an address that names the account and the issuer', async () => {
    const uri = new URL(await totpUri('Example Corp', 'ana@example.com', SECRET));
    assert.equal(uri.protocol, 'otpauth:');
    assert.equal(uri.host, 'totp');
    assert.equal(decodeURIComponent(uri.pathname), '/Example Corp:ana@example.com');
    assert.equal(uri.searchParams.get('secret'), SECRET);
    assert.equal(uri.searchParams.get('issuer'), 'Example Corp');
  });

  // Apps take what is before the first colon as the issuer, so a name with one would name another issuer.
  for (const [issuer, userName, label] of [
    ['Example: Corp', 'ana', 'Example Corp:ana'],
    ['Example', 'ACME:ana', 'Example:ACME ana'],
    ['a:b :: c', ':d:', 'a b c:d'],
    [':', ':', '-:-'],
  ] as const) {
    it(`has one colon in its address for “${issuer}” and “${userName}”, and the same issuer twice`, async () => {
      const uri = new URL(await totpUri(issuer, userName, SECRET));
      assert.equal(decodeURIComponent(uri.pathname), `/${label}`);
      assert.equal(uri.searchParams.get('issuer'), label.split(':')[0]);
    });
  }
});
