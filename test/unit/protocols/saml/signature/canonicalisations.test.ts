import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAuthnRequest } from '../../../../../src/protocols/saml/authn-request.ts';
import {
  CANONICAL_METHODS,
  ENVELOPED_SIGNATURE,
  EXCLUSIVE_C14N,
} from '../../../../../src/protocols/saml/signature/algorithms.ts';
import { verifyEnvelopedSignature } from '../../../../../src/protocols/saml/signature/verify-enveloped.ts';
import { itAtTwoDepths } from '../../../../support/basics/depth.ts';
import { skipAloud } from '../../../../support/basics/skip.ts';
import { bounded } from '../../../../support/saml/bounded.ts';
import { requestXml } from '../helpers.ts';
import { genuine, INCLUSIVE_C14N, signed, sp } from './enveloped-samples.ts';

const WITH_COMMENTS = `${EXCLUSIVE_C14N}WithComments`;
const METHODS = [...CANONICAL_METHODS.keys()];
const verify = (xml: string) => verifyEnvelopedSignature(bounded(xml), [sp.certificate]);

async function detailOf(xml: string): Promise<string> {
  const verdict = await verify(xml);
  return verdict.ok ? 'ok' : verdict.detail;
}

describe('the canonicalisations of a signed request', function () {
  this.timeout(60_000);

  for (const [what, options] of [
    ['SignedInfo exclusive with comments', { canonicalizationAlgorithm: WITH_COMMENTS }],
    ['the transform exclusive with comments', { transforms: [ENVELOPED_SIGNATURE, WITH_COMMENTS] }],
    ['SignedInfo inclusive', { canonicalizationAlgorithm: INCLUSIVE_C14N }],
    ['SignedInfo inclusive with comments', { canonicalizationAlgorithm: `${INCLUSIVE_C14N}#WithComments` }],
  ] as const) {
    const xml = signed({
      ...options,
      transforms: [...('transforms' in options ? options.transforms : [ENVELOPED_SIGNATURE, EXCLUSIVE_C14N])],
    });

    it(`may be ${what} (saml-core-2.0 §5.4.3, §5.4.4)`, async () => {
      assert.equal(await detailOf(xml), 'ok');
      assert.match(await detailOf(xml.replace('sp.example', 'evil.example')), /isn’t what it signs/);
    });

    it(`${what}: a comment never splits what is read, wherever it is (CVE-2017-11427)`, async () => {
      const truth = await verify(xml);
      assert.ok(truth.ok);
      for (const place of ['https://sp', '.example/saml', '</saml:Issuer>']) {
        const verdict = await verify(xml.replace(place, `${place}<!-- x -->`));
        assert.ok(verdict.ok);
        assert.equal(verdict.verifiedXml, truth.verifiedXml);
      }
      const split = signed(options as object, requestXml().replace('/saml</', '<!-- x -->.evil/saml</'));
      const verdict = await verify(split);
      assert.ok(verdict.ok);
      assert.doesNotMatch(verdict.verifiedXml, /<!--/);
      const read = await parseAuthnRequest(verdict.verifiedXml);
      assert.equal(read.ok && read.request.issuer, 'https://sp.example.evil/saml');
    });
  }

  const C14N = `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE_C14N}"/>`;
  const TRANSFORM = `<ds:Transform Algorithm="${EXCLUSIVE_C14N}"/>`;
  for (const [what, xml, detail] of [
    [
      'an unknown canonicalisation',
      genuine.replace(C14N, C14N.replace(EXCLUSIVE_C14N, 'u:x')),
      /“u:x” of SignedInfo is not accepted/,
    ],
    [
      'an inclusive transform',
      signed({ transforms: [ENVELOPED_SIGNATURE, INCLUSIVE_C14N] }),
      /second transform .* is “http.*c14n-20010315”/,
    ],
    [
      'no enveloped-signature',
      signed({ transforms: [EXCLUSIVE_C14N] }),
      /first transform must be enveloped-signature/,
    ],
    ['only enveloped-signature', genuine.replace(TRANSFORM, ''), /must be followed by exclusive/],
    ['a third transform', genuine.replace(TRANSFORM, TRANSFORM + TRANSFORM), /more transforms than/],
    ['a comment', genuine.replace('<ds:DigestValue>', '$&<!-- x -->'), /contains comments or CDATA/],
    ['CDATA', genuine.replace(/(<ds:DigestValue>)([^<]*)/, '$1<![CDATA[$2]]>'), /contains comments or CDATA/],
    [
      'another parameter',
      genuine.replace(TRANSFORM, TRANSFORM.replace('/>', '><x xmlns="u:x"/></ds:Transform>')),
      /other parameters than one InclusiveNamespaces/,
    ],
    [
      'a long list',
      genuine.replace(
        TRANSFORM,
        TRANSFORM.replace(
          '/>',
          `><InclusiveNamespaces xmlns="${EXCLUSIVE_C14N}" PrefixList="${'a '.repeat(600)}"/></ds:Transform>`,
        ),
      ),
      /more namespace prefixes/,
    ],
    ['a reference to the document', signed({ emptyUri: true }), /refers to the document/],
    [
      'a reference to something else',
      genuine.replace('URI="#_request-1"', 'URI="#_x"'),
      /refers to “#_x”, .* ID is “_request-1”/,
    ],
    [
      'an object',
      genuine.replace('</ds:Signature>', '<ds:Object/></ds:Signature>'),
      /other parts than one SignedInfo/,
    ],
    [
      'a reference without Transforms',
      genuine.replace(/<ds:Transforms>.*<\/ds:Transforms>/s, ''),
      /must consist of Transforms/,
    ],
  ] as const) {
    it(`are refused for the true reason: ${what}`, async () => assert.match(await detailOf(xml), detail));
  }

  itAtTwoDepths('agree with xmlsec1', { sample: 12, full: 100 }, async (context, numRuns) => {
    if (spawnSync('xmlsec1', ['--version']).error) skipAloud(context, 'xmlsec1 is not installed');
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-canonicalisations-'));
    const key = join(folder, 'key.pem');
    writeFileSync(key, sp.privateKeyPem);
    try {
      let round = 0;
      await fc.assert(
        fc.asyncProperty(anyTemplate, async (template) => {
          const file = join(folder, `${String((round += 1))}.xml`);
          writeFileSync(file, template);
          const idAttribute = ['--id-attr:ID', 'urn:oasis:names:tc:SAML:2.0:protocol:AuthnRequest'];
          const made = spawnSync(
            'xmlsec1',
            ['--sign', '--privkey-pem', key, ...idAttribute, '--output', `${file}.signed`, file],
            { encoding: 'utf8' },
          );
          assert.equal(made.status, 0, made.stderr);
          const xml = readFileSync(`${file}.signed`, 'utf8');
          assert.equal(await detailOf(xml), 'ok', xml);
          assert.match(await detailOf(xml.replace('sp.example', 'evil.example')), /isn’t what it signs/);
        }),
        { numRuns, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** An AuthnRequest with an empty signature for xmlsec1 to fill in. */
const anyTemplate = fc
  .record({
    c14n: fc.constantFrom(...METHODS),
    transform: fc.constantFrom(EXCLUSIVE_C14N, WITH_COMMENTS),
    prefix: fc.constantFrom('', 'samlp:', 'Z:'),
    dsPrefix: fc.constantFrom('', 'ds:'),
    declarations: fc.subarray(['xmlns:b="u:b"', 'xmlns:B="u:B"', 'xmlns:ds="u:other"', 'xmlns:é="u:e"']),
    lists: fc.tuple(...Array.from({ length: 2 }, () => fc.subarray(['#default', 'b', 'B', 'saml', 'none']))),
    content: fc.constantFrom(
      '',
      '<!-- x -->',
      '<x xmlns="u:x" b:y="1" xmlns:b="u:b2" a="&#10;"/>',
      '<B:x xmlns:B="u:B" xmlns=""><y/></B:x>',
    ),
  })
  .map(({ c14n, transform, prefix, dsPrefix, declarations, lists: [first = [], second = []], content }) => {
    const own = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
    const list = (tokens: readonly string[]) =>
      tokens.length === 0
        ? ''
        : `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE_C14N}" PrefixList="${tokens.join(' ')}"/>`;
    const ds = (name: string, attributes: string, inside: string) =>
      `<${dsPrefix}${name} ${attributes}>${inside}</${dsPrefix}${name}>`;
    const algorithm = (uri: string) => `Algorithm="${uri}"`;
    const transforms =
      ds('Transform', algorithm(ENVELOPED_SIGNATURE), '') +
      ds('Transform', algorithm(transform), list(second));
    const reference = ds(
      'Reference',
      'URI="#_r"',
      ds('Transforms', '', transforms) +
        ds('DigestMethod', algorithm('http://www.w3.org/2001/04/xmlenc#sha256'), '') +
        ds('DigestValue', '', ''),
    );
    const signedInfo =
      ds(
        'CanonicalizationMethod',
        algorithm(c14n),
        CANONICAL_METHODS.get(c14n)?.exclusive ? list(first) : '',
      ) +
      ds('SignatureMethod', algorithm('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'), '') +
      reference;
    const signature = ds(
      'Signature',
      `xmlns${dsPrefix && ':ds'}="http://www.w3.org/2000/09/xmldsig#"`,
      ds('SignedInfo', '', signedInfo) + ds('SignatureValue', '', ''),
    );
    return `<${prefix}AuthnRequest ${own}="urn:oasis:names:tc:SAML:2.0:protocol" ${declarations.join(' ')} ID="_r" Version="2.0"
      IssueInstant="2026-01-02T03:04:05Z" ProviderName="é &lt;&quot;"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://sp.example/<!-- c -->saml</saml:Issuer>
      ${signature}<${prefix}Extensions>${content}</${prefix}Extensions></${prefix}AuthnRequest>`;
  });
