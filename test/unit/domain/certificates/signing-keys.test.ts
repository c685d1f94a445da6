import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { sealContext, type ActiveCertificate } from '../../../../src/domain/certificates/certificate.ts';
import { createSigningKeys } from '../../../../src/domain/certificates/signing-keys.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import type { CertificateId } from '../../../../src/foundation/platform/ids.ts';
import { signOctets } from '../../../../src/protocols/saml/signature/sign.ts';
import { samlFixture } from '../../../support/saml/keys.ts';

const secret = Buffer.alloc(32, 7);

function sealerThatCounts() {
  const sealer = createSealer(secret);
  const opened: string[] = [];
  return {
    ...sealer,
    opened,
    open: (sealed: string, context: string) => (opened.push(context), sealer.open(sealed, context)),
  };
}

function rowOf(id: string, name: string, change: Partial<ActiveCertificate> = {}): ActiveCertificate {
  const certificateId = id as CertificateId;
  return {
    id: certificateId,
    certificatePem: samlFixture(`${name}-cert.pem`),
    sealedPrivateKey: createSealer(secret).seal(samlFixture(`${name}-key.pem`), sealContext(certificateId)),
    algorithm: 'SHA-256',
    notAfterAt: 0,
    ...change,
  };
}

describe('signing keys', () => {
  it('make signatures that the certificate verifies', async () => {
    const key = createSigningKeys({ sealer: sealerThatCounts() }).signingKeyOf(rowOf('one', 'idp'));
    const signature = await signOctets('hello', key);
    assert.ok(
      verify('sha256', Buffer.from('hello'), createPublicKey(samlFixture('idp-cert.pem')), signature),
    );
    assert.equal(key.certificate, samlFixture('idp-cert.pem').replace(/-----.*-----|\s/g, ''));
    assert.equal(key.signatureAlgorithm, 'rsa-sha256');
  });

  it('follow the algorithm of the certificate', () => {
    const keys = createSigningKeys({ sealer: sealerThatCounts() });
    assert.equal(
      keys.signingKeyOf(rowOf('one', 'idp', { algorithm: 'SHA-1' })).signatureAlgorithm,
      'rsa-sha1',
    );
  });

  it('are opened once', () => {
    const sealer = sealerThatCounts();
    const keys = createSigningKeys({ sealer });
    const row = rowOf('one', 'idp');
    assert.equal(keys.signingKeyOf({ ...row }), keys.signingKeyOf({ ...row }));
    assert.deepEqual(sealer.opened, [sealContext(row.id)]);
  });

  it('are opened again when the row has changed', () => {
    const keys = createSigningKeys({ sealer: sealerThatCounts() });
    const row = rowOf('one', 'idp');
    const first = keys.signingKeyOf(row);
    assert.equal(keys.signingKeyOf({ ...row, algorithm: 'SHA-1' }).signatureAlgorithm, 'rsa-sha1');
    assert.notEqual(keys.signingKeyOf(rowOf('one', 'other')).certificate, first.certificate);
    assert.equal(keys.signingKeyOf(row).certificate, first.certificate);
  });

  it('are cached in a limited number', () => {
    const sealer = sealerThatCounts();
    const keys = createSigningKeys({ sealer, kept: 2 });
    const rows = ['one', 'two', 'three'].map((id) => rowOf(id, 'idp'));
    for (const row of [...rows, ...rows.slice(1), ...rows.slice(0, 1)]) keys.signingKeyOf(row);
    assert.deepEqual(
      sealer.opened,
      ['one', 'two', 'three', 'one'].map((id) => sealContext(id as CertificateId)),
    );
  });

  it('can’t be opened in another certificate’s row', () => {
    const keys = createSigningKeys({ sealer: sealerThatCounts() });
    const { sealedPrivateKey } = rowOf('one', 'idp');
    assert.throws(() => keys.signingKeyOf(rowOf('two', 'idp', { sealedPrivateKey })));
  });

  it('can’t be opened when another secret sealed them', () => {
    const keys = createSigningKeys({ sealer: createSealer(Buffer.alloc(32, 8)) });
    assert.throws(() => keys.signingKeyOf(rowOf('one', 'idp')));
  });
});
