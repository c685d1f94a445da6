import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { logoBase64Schema, readLogo } from '../../../../../src/domain/organizations/branding/logo.ts';
import { jpeg, jpegSegment, png } from '../../../../support/pages/pictures.ts';

function reasonOf(octets: Buffer): string {
  const read = readLogo(octets);
  return read.ok ? 'accepted' : read.reason;
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG with another size in its header. */
function pngOfSize(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const whole = png(2, 2);
  return Buffer.concat([whole.subarray(0, 8), pngChunk('IHDR', header), whole.subarray(33)]);
}

const HTML = Buffer.from('<script>alert(1)</script>');

describe('a logo', () => {
  it('is a PNG or JPEG, with its size', () => {
    const read = readLogo(png(30, 20));
    assert.ok(read.ok);
    assert.deepEqual([read.logo.type, read.logo.width, read.logo.height], ['image/png', 30, 20]);
    for (const frame of [0xc0, 0xc1, 0xc2]) {
      const other = readLogo(jpeg(30, 20, { frame }));
      assert.ok(other.ok);
      assert.deepEqual([other.logo.type, other.logo.width, other.logo.height], ['image/jpeg', 30, 20]);
      assert.deepEqual(other.logo.octets, jpeg(30, 20, { frame }));
    }
  });

  it('is nothing else, whatever it is called', () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const octets of [
      svg,
      HTML,
      Buffer.from('GIF89a;'),
      Buffer.from('RIFF\0\0\0\0WEBP'),
      Buffer.alloc(0),
    ]) {
      assert.equal(reasonOf(octets), 'is neither a PNG nor a JPEG');
    }
  });

  it('is no web page or archive as well: nothing may follow its end', () => {
    const after = 'has something after the end of the picture';
    assert.equal(reasonOf(Buffer.concat([png(2, 2), HTML])), after);
    assert.equal(reasonOf(Buffer.concat([jpeg(2, 2), HTML])), after);
    assert.equal(reasonOf(Buffer.concat([png(2, 2), png(2, 2)])), after);
  });

  it('loses what doesn’t draw: texts, places, thumbnails, animations', () => {
    const whole = png(2, 2);
    const chunks = ['tEXt', 'iTXt', 'eXIf', 'tIME', 'acTL', 'abCd'].map((type) => pngChunk(type, HTML));
    const marked = Buffer.concat([whole.subarray(0, 33), ...chunks, whole.subarray(33)]);
    const read = readLogo(marked);
    assert.ok(read.ok);
    assert.deepEqual(read.logo.octets, whole);

    const aside = Buffer.concat([0xe1, 0xed, 0xfe].map((marker) => jpegSegment(marker, String(HTML))));
    const other = readLogo(jpeg(2, 2, { aside }));
    assert.ok(other.ok);
    assert.deepEqual(other.logo.octets, jpeg(2, 2));
  });

  it('has at most 64 KiB, and 1 to 2048 pixels in each direction', () => {
    assert.equal(reasonOf(Buffer.concat([png(2, 2), Buffer.alloc(65_536)])), 'has more than 64 KiB');
    const pixels = 'it may have 1 to 2048 in each direction';
    const sizes = [
      [100_000, 100_000],
      [0xffffffff, 1],
      [2049, 1],
      [1, 2049],
      [0, 1],
    ] as const;
    for (const [width, height] of sizes) {
      assert.equal(reasonOf(pngOfSize(width, height)), `has ${width} × ${height} pixels: ${pixels}`);
    }
    assert.equal(reasonOf(jpeg(65_535, 1)), `has 65535 × 1 pixels: ${pixels}`);
    assert.equal(reasonOf(pngOfSize(2048, 2048)), 'accepted');
  });

  it('has few scans, since browsers draw the whole picture for each', () => {
    const scans = (count: number) => Buffer.concat(new Array<Buffer>(count).fill(jpegSegment(0xda, 'x')));
    assert.equal(reasonOf(jpeg(2, 2, { frame: 0xc2, aside: scans(63) })), 'accepted');
    assert.match(reasonOf(jpeg(2, 2, { frame: 0xc2, aside: scans(64) })), /^has more than 64 scans/);
  });

  it('is whole: cut anywhere, or with a length that lies, it is refused', () => {
    for (const whole of [png(3, 3), jpeg(3, 3)]) {
      for (let length = 0; length < whole.length; length += 1) {
        assert.notEqual(reasonOf(whole.subarray(0, length)), 'accepted', `${length} octets`);
      }
    }
    const lying = Buffer.from(png(2, 2));
    lying.writeUInt32BE(0xffffffff, 33);
    assert.match(reasonOf(lying), /damaged/);
    const flipped = Buffer.from(png(2, 2));
    flipped.writeUInt8(7, 20);
    assert.match(reasonOf(flipped), /checksum/);
    assert.match(
      reasonOf(Buffer.concat([png(2, 2).subarray(0, 8), pngChunk('IEND', Buffer.alloc(0))])),
      /damaged/,
    );
  });

  it('of a kind that browsers don’t show is refused', () => {
    assert.match(reasonOf(jpeg(2, 2, { frame: 0xc9 })), /browsers don’t show/); // arithmetic coding
  });

  it('comes as base64, with or without line breaks', () => {
    const text = png(20, 20).toString('base64');
    const wrapped = text.replaceAll(/.{20}/g, '$&\n');
    assert.deepEqual(logoBase64Schema.parse(wrapped), logoBase64Schema.parse(text));
    for (const wrong of ['', '====', 'data:image/png;base64,AAAA', '<svg/>', 'A'.repeat(100_001)]) {
      assert.ok(!logoBase64Schema.safeParse(wrong).success);
    }
  });
});
