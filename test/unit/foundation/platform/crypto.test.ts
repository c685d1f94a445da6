import assert from 'node:assert/strict';
import { createSealer, equalSecrets, hashToken } from '../../../../src/foundation/platform/crypto.ts';

const secret = Buffer.alloc(32, 7);

describe('sealed values', () => {
  const sealer = createSealer(secret);

  it('open to the original value under the same secret, also after a restart', () => {
    for (const text of ['', 'x', 'Zoë 😀\n', 'x'.repeat(100_000)]) {
      assert.equal(createSealer(secret).open(sealer.seal(text, 'row 1'), 'row 1'), text);
    }
  });

  it('differ each time and reveal nothing of their content', () => {
    const [one, other] = [sealer.seal('private key', 'row 1'), sealer.seal('private key', 'row 1')];
    assert.notEqual(one, other);
    assert.match(one, /^v1\.[\w-]+$/);
    assert.ok(!Buffer.from(one.slice(3), 'base64url').toString('latin1').includes('private'));
  });

  it('do not open when they are moved to another row', () => {
    assert.throws(() => sealer.open(sealer.seal('x', 'row 1'), 'row 2'));
  });

  it('as octets open like those of text, and no others', () => {
    const octets = sealer.sealOctets('Zoë 😀\n', 'row 1');
    assert.equal(createSealer(secret).openOctets(octets, 'row 1'), 'Zoë 😀\n');
    assert.throws(() => sealer.openOctets(octets, 'row 2'));
    for (const length of [0, 12, 27, octets.length - 1])
      assert.throws(() => sealer.openOctets(octets.subarray(0, length), 'row 1'), `${length} octets`);
    assert.throws(() =>
      sealer.openOctets(
        octets.map((octet, index) => (index === 30 ? octet ^ 1 : octet)),
        'row 1',
      ),
    );
  });

  it('never have the same initialization vector twice', () => {
    const vectors = Array.from({ length: 1000 }, () => sealer.sealOctets('x', 'row 1').subarray(0, 12));
    assert.equal(new Set(vectors.map((vector) => Buffer.from(vector).toString('hex'))).size, 1000);
  });

  it('do not open under another secret', () => {
    assert.throws(() => createSealer(Buffer.alloc(32, 8)).open(sealer.seal('x', 'row 1'), 'row 1'));
  });

  it('do not open when a single bit differs', () => {
    const bytes = Buffer.from(sealer.seal('private key', 'row 1').slice(3), 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index]! ^= 1;
      assert.throws(() => sealer.open(`v1.${changed.toString('base64url')}`, 'row 1'), `byte ${index}`);
    }
  });

  it('do not open when they are cut, where a short tag would be easier to guess', () => {
    const bytes = Buffer.from(sealer.seal('x', 'row 1').slice(3), 'base64url');
    for (const length of [0, 11, 12, 16, 20, 27, bytes.length - 1]) {
      const cut = bytes.subarray(0, length).toString('base64url');
      assert.throws(() => sealer.open(`v1.${cut}`, 'row 1'), `${length} bytes`);
    }
    for (const text of ['', 'v1', 'v2.AAAA', 'x']) assert.throws(() => sealer.open(text, 'row 1'));
  });

  it('can’t be made with a secret that is too short', () => {
    assert.throws(() => createSealer(Buffer.alloc(15)));
    assert.doesNotThrow(() => createSealer(Buffer.alloc(16)));
  });
});

describe('message authentication codes', () => {
  const { mac } = createSealer(secret);

  it('are the same for the same purpose and value, also after a restart', () => {
    assert.equal(mac('password', 'x'), createSealer(secret).mac('password', 'x'));
  });

  it('differ by purpose, value and secret', () => {
    const codes = [
      mac('a', 'x'),
      mac('b', 'x'),
      mac('a', 'y'),
      createSealer(Buffer.alloc(32, 8)).mac('a', 'x'),
    ];
    assert.equal(new Set(codes).size, codes.length);
    assert.notEqual(mac('a', 'bc'), mac('ab', 'c'));
  });
});

describe('hashes and comparisons of tokens', () => {
  it('use SHA-256 in base64url', () => {
    assert.equal(hashToken('abc'), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  it('accept texts of any length', () => {
    assert.equal(equalSecrets('secret', 'secret'), true);
    for (const other of ['', 'secre', 'secrets', 'Secret'])
      assert.equal(equalSecrets('secret', other), false);
  });
});
