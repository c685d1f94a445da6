import assert from 'node:assert/strict';
import { decodeXml } from '../../../../../src/protocols/saml/xml/decode.ts';
import { METADATA_LIMITS } from '../../../../../src/protocols/saml/xml/limits.ts';
import { parseXml } from '../../../../../src/protocols/saml/xml/parse.ts';

const written = (encoding: string) =>
  `<?xml version="1.0" encoding="${encoding}" standalone="yes"?>\r\n<a>Zoë</a>`;
const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

async function textOf(octets: Uint8Array) {
  const decoded = decodeXml(octets);
  assert.ok(decoded.ok, JSON.stringify(decoded));
  const parsed = await parseXml(decoded.text, METADATA_LIMITS);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.root.text;
}

function refused(octets: Uint8Array, message: RegExp) {
  const decoded = decodeXml(octets);
  assert.ok(!decoded.ok);
  assert.match(decoded.message, message);
}

describe('the encoding of a file with XML', () => {
  for (const [what, octets] of [
    ['UTF-8 that names nothing', Buffer.from('<a>Zoë</a>')],
    ['UTF-8 that says so', Buffer.from(written('utf-8'))],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${written('UTF-8')}`)],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${written('UTF-16')}`, 'utf16le')],
    ['UTF-16 with its mark, big end first', bigEndian(`\uFEFF${written('UTF-16')}`)],
    ['UTF-16 without its mark', Buffer.from(written('UTF-16LE'), 'utf16le')],
    [
      'UTF-16 with its mark that says UTF-8, as PowerShell redirects it',
      Buffer.from(`\uFEFF${written('UTF-8')}`, 'utf16le'),
    ],
    ['ISO-8859-1', Buffer.from(written('ISO-8859-1'), 'latin1')],
    ['windows-1252, in apostrophes', Buffer.from(written('windows-1252').replaceAll('"', "'"), 'latin1')],
  ] as const) {
    it(`is understood: ${what}`, async () => {
      assert.equal(await textOf(octets), 'Zoë');
    });
  }

  it('is not in the text any more, so that no reader believes it', () => {
    const decoded = decodeXml(Buffer.from(written('ISO-8859-1'), 'latin1'));
    assert.ok(decoded.ok);
    assert.equal(decoded.text, '<?xml version="1.0" standalone="yes"?>\r\n<a>Zoë</a>');
  });

  it('is refused with the reason', () => {
    refused(
      Buffer.from(written('UTF-8'), 'latin1'),
      /not text in the encoding UTF-8, which its XML declaration/,
    );
    refused(Buffer.from('<a>Zo\xeb</a>', 'latin1'), /not text in UTF-8, and names no other/);
    for (const name of ['UTF-16', 'ucs-2', 'csUnicode']) {
      refused(
        Buffer.from(written(name)),
        new RegExp(`not in the encoding ${name}, which.*correct the declaration`),
      );
    }
    refused(Buffer.from(written('klingon')), /can’t be read in the encoding klingon, which/);
    refused(Buffer.from(written('UTF-7')), /can’t be read in the encoding UTF-7/);
    refused(Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), /UTF-32/);
    refused(Buffer.from('4c6fa794', 'hex'), /EBCDIC/);
    refused(
      Buffer.from(`\uFEFF<a>\uD800</a>`, 'utf16le'),
      /not text in UTF-16LE, which its first octets show/,
    );
  });

  it('hides no document type (attack)', async () => {
    const hidden = '<!DOCTYPE a [<!ENTITY x "y">]><a/>';
    for (const octets of [
      Buffer.from(`\uFEFF${hidden}`, 'utf16le'),
      bigEndian(`<?xml version="1.0"?>${hidden}`),
      Buffer.from(`<?xml version="1.0" encoding="ibm866"?>${hidden}`),
    ]) {
      const decoded = decodeXml(octets);
      assert.ok(decoded.ok);
      const parsed = await parseXml(decoded.text, METADATA_LIMITS);
      assert.ok(!parsed.ok && parsed.reason === 'doctype', JSON.stringify(parsed));
    }
    // Without a mark and a declaration, it is no UTF-16: the octets between are refused.
    const decoded = decodeXml(Buffer.from(hidden, 'utf16le'));
    assert.ok(decoded.ok);
    const parsed = await parseXml(decoded.text, METADATA_LIMITS);
    assert.ok(!parsed.ok && parsed.reason === 'not-well-formed');
  });
});
