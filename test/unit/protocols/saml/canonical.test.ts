import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { XmlC14NMode, XmlDocument, type XmlNode } from 'libxml2-wasm';
import { ExclusiveCanonicalization, SignedXml } from 'xml-crypto';
import { buildAssertion } from '../../../../src/protocols/saml/assertion.ts';
import { issueResponse } from '../../../../src/protocols/saml/issue-response.ts';
import { buildResponse, type Response } from '../../../../src/protocols/saml/response.ts';
import { serializeAssertion, serializeResponse } from '../../../../src/protocols/saml/serialize.ts';
import { pemOfCertificate } from '../../../../src/protocols/saml/signature/certificate.ts';
import { canonicalText } from '../../../../src/protocols/saml/xml/libxml.ts';
import { assertionInput, keyPair, NOW, RESPONSE_ID } from './helpers.ts';
import { itAtTwoDepths } from '../../../support/basics/depth.ts';

const idp = keyPair('idp');
const options = { signResponse: true, signAssertion: true, key: idp.signingKey, includeCertificate: true };
// The search for a smaller counterexample must end before mocha's time limit, so that the counterexample is printed.
const shownInTime = { interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true };
const spaces = { ds: 'http://www.w3.org/2000/09/xmldsig#' };

/** Text with every character that canonicalizers escape or get wrong. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      ...['&', '<', '>', '"', "'", '\t', '\n', '\r', '\r\n', ' ', ']]>', '&amp;', '<!--', '\u0085', '\u2028'],
      ...['\u2029', '\u0000', '\uFFFE', '\ud800', '😀', '𝒳', 'é', 'e\u0301', '\uFEFF'],
    ),
  ),
  maxLength: 12,
});
const maybeText = fc.option(anyText, { nil: undefined });
const anyId = fc.uuid().map((uuid) => `_${uuid}`);

/** Removes keys whose value is undefined, as our types require. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

const anyResponse: fc.Arbitrary<Response> = fc
  .record({
    id: anyId,
    responseId: anyId,
    issuer: anyText,
    audience: anyText,
    recipient: anyText,
    inResponseTo: maybeText,
    subject: fc
      .record({ value: anyText, format: maybeText, nameQualifier: maybeText, spNameQualifier: maybeText })
      .map(given),
    sessionIndex: anyText,
    sessionNotOnOrAfter: fc.option(fc.constant(NOW + 5), { nil: undefined }),
    attributes: fc.array(
      fc
        .record({ name: anyText, nameFormat: maybeText, friendlyName: maybeText, values: fc.array(anyText) })
        .map(given),
      { maxLength: 4 },
    ),
    message: maybeText,
  })
  .map(({ responseId, sessionIndex, sessionNotOnOrAfter, message, inResponseTo, ...input }) => {
    const { inResponseTo: _, ...defaults } = assertionInput();
    const authnStatement = { ...defaults.authnStatement, ...given({ sessionIndex, sessionNotOnOrAfter }) };
    const assertion = buildAssertion(
      { ...defaults, ...input, ...given({ inResponseTo }), authnStatement },
      NOW,
    );
    const response = buildResponse({ id: responseId }, assertion);
    return { ...response, status: { ...response.status, ...given({ message }) } };
  });

interface Canonical {
  readonly response: string;
  readonly assertion: string;
  readonly signedInfos: string[];
}

/** The canonical form of the issued text by libxml2: its elements without their own signatures, and each SignedInfo. */
function byLibxml2(xml: string): Canonical {
  const canonical = (node: XmlNode): string => canonicalText(node, XmlC14NMode.XML_C14N_EXCLUSIVE_1_0);
  const withoutSignature = (path: string): string => {
    const document = XmlDocument.fromString(xml);
    try {
      document.get(`${path}/ds:Signature`, spaces)?.remove();
      const element = document.get(path);
      assert.ok(element);
      return canonical(element);
    } finally {
      document.dispose();
    }
  };
  const document = XmlDocument.fromString(xml);
  try {
    const signedInfos = document.find('//ds:SignedInfo', spaces).map(canonical);
    return {
      response: withoutSignature('/*'),
      assertion: withoutSignature("/*/*[local-name()='Assertion']"),
      signedInfos,
    };
  } finally {
    document.dispose();
  }
}

/** The canonical form by xml-crypto with xmldom. */
function byXmlCrypto(xml: string): Canonical {
  const canonical = (node: Element): string => new ExclusiveCanonicalization().process(node, {});
  const parse = (): Document => new DOMParser().parseFromString(xml, 'text/xml');
  const withoutSignature = (element: Element): string => {
    const signature = Array.from(element.childNodes).find((node) => node.nodeName === 'ds:Signature');
    if (signature) element.removeChild(signature);
    return canonical(element);
  };
  const assertion = parse().getElementsByTagName('saml:Assertion')[0]!;
  const signedInfos = Array.from(parse().getElementsByTagName('ds:SignedInfo')).map(canonical);
  return {
    response: withoutSignature(parse().documentElement),
    assertion: withoutSignature(assertion),
    signedInfos,
  };
}

const field = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<ds:${name}>([^<]*)</ds:${name}>`, 'g'))].map((match) => match[1] ?? '');

/** Asserts that we digested the octets that `canonical` digests, and signed the same SignedInfo octets. */
function assertAgrees(response: Response, xml: string, canonical: Canonical): void {
  assert.ok(response.assertion);
  assert.equal(canonical.assertion, serializeAssertion(response.assertion));
  const signedAssertion = /<saml:Assertion .*<\/saml:Assertion>/s.exec(xml)?.[0];
  assert.equal(canonical.response, serializeResponse(response, signedAssertion));
  const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
  assert.deepEqual(field(xml, 'DigestValue'), [digest(canonical.response), digest(canonical.assertion)]);
  const values = field(xml, 'SignatureValue').map((value) => Buffer.from(value, 'base64'));
  assert.equal(canonical.signedInfos.length, 2);
  canonical.signedInfos.forEach((signedInfo, index) => {
    assert.ok(verify('sha256', Buffer.from(signedInfo), pemOfCertificate(idp.certificate), values[index]!));
  });
}

describe('the XML that we write is its own canonical form', function () {
  this.timeout(90_000);

  itAtTwoDepths('according to libxml2, byte for byte', { sample: 50, full: 300 }, async (_, numRuns) => {
    await fc.assert(
      fc.asyncProperty(anyResponse, async (response) => {
        const xml = await issueResponse(response, options);
        assertAgrees(response, xml, byLibxml2(xml));
      }),
      { numRuns, ...shownInTime },
    );
  });

  itAtTwoDepths('according to xml-crypto, byte for byte', { sample: 12, full: 60 }, async (_, numRuns) => {
    await fc.assert(
      fc.asyncProperty(anyResponse, async (response) => {
        const xml = await issueResponse(response, options);
        assertAgrees(response, xml, byXmlCrypto(xml));
      }),
      { numRuns, ...shownInTime },
    );
  });

  itAtTwoDepths(
    'so that both signatures verify with xml-crypto',
    { sample: 8, full: 40 },
    async (_, numRuns) => {
      await fc.assert(
        fc.asyncProperty(anyResponse, async (response) => {
          const xml = await issueResponse(response, options);
          const signatures = new DOMParser()
            .parseFromString(xml, 'text/xml')
            .getElementsByTagName('ds:Signature');
          assert.equal(signatures.length, 2);
          for (const signature of Array.from(signatures)) {
            const signed = new SignedXml({ publicCert: idp.certificatePem, getCertFromKeyInfo: () => null });
            signed.loadSignature(signature);
            assert.equal(signed.checkSignature(xml), true);
          }
        }),
        { numRuns, ...shownInTime },
      );
    },
  );

  it('so that both signatures verify with xmlsec1 (skipped aloud where it is not installed)', async function () {
    if (spawnSync('xmlsec1', ['--version']).error) return this.skip();
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-canonical-'));
    try {
      const files = await Promise.all(
        fc.sample(anyResponse, 40).map(async (response, index) => {
          const file = join(folder, `${String(index)}.xml`);
          writeFileSync(file, await issueResponse(response, options));
          return file;
        }),
      );
      const certificate = join(folder, 'cert.pem');
      writeFileSync(certificate, idp.certificatePem);
      verifyWithXmlsec(certificate, files, []);
      verifyWithXmlsec(certificate, files, [
        '--node-xpath',
        "/*/*[local-name()='Assertion']/*[local-name()='Signature']",
      ]);
      const tampered = join(folder, 'tampered.xml');
      writeFileSync(tampered, (await issueResponse(sample(), options)).replace('ana@', 'eve@'));
      assert.throws(() => verifyWithXmlsec(certificate, [tampered], []));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function sample(): Response {
  return buildResponse({ id: RESPONSE_ID }, buildAssertion(assertionInput(), NOW));
}

/** Verifies the files in turn with xmlsec1, and throws when one fails. */
function verifyWithXmlsec(certificate: string, files: readonly string[], more: readonly string[]): void {
  const ids = ['protocol:Response', 'assertion:Assertion'].flatMap((name) => [
    '--id-attr:ID',
    `urn:oasis:names:tc:SAML:2.0:${name}`,
  ]);
  const { status, stderr } = spawnSync(
    'xmlsec1',
    ['--verify', '--pubkey-cert-pem', certificate, ...ids, ...more, ...files],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  assert.equal(stderr.match(/^OK$/gm)?.length, files.length);
}
