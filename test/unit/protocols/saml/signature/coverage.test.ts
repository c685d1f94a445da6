import assert from 'node:assert/strict';
import { findCoverage } from '../../../../../src/protocols/saml/signature/coverage.ts';
import { redactMessage } from '../../../../../src/protocols/saml/redact.ts';
import { bounded } from '../../../../support/saml/bounded.ts';
import {
  evilRequest,
  genuine,
  intoExtensions,
  other,
  relocated,
  signature,
  signed,
  sp,
  withoutSignature,
} from './enveloped-samples.ts';

/** The local names of covered elements, and the verdicts of the signatures. */
async function coverageOf(xml: string, certificates = [sp.certificate]) {
  const coverage = await findCoverage(bounded(xml), certificates);
  return {
    covered: coverage?.elements
      .filter(({ coveredBy }) => coveredBy.length > 0)
      .map(({ tagName }) => tagName.replace(/^.*:/, '')),
    verdicts: coverage?.signatures.map(({ verdict }) => verdict),
    signatures: coverage?.signatures ?? [],
  };
}

const ALL = ['AuthnRequest', 'Issuer'];
const ASSERTION =
  '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a"><saml:Issuer>x</saml:Issuer></saml:Assertion>';

describe('what signatures cover', () => {
  const cases: [string, string, string[], string[]][] = [
    ['the signed element without its signature', genuine, ALL, ['covers']],
    ['nothing of an unsigned message', withoutSignature, [], []],
    ['nothing when the content was changed', genuine.replace('sp.example', 'evil.example'), [], ['changed']],
    [
      'nothing when the digest was changed',
      genuine.replace(/(<ds:DigestValue>)..../, '$1AAAA'),
      [],
      ['changed'],
    ],
    ['nothing with another key', signed({ privateKeyPem: other.privateKeyPem }), [], ['foreign']],
    [
      'nothing when its value was changed',
      genuine.replace(/(<ds:SignatureValue>)..../, '$1AAAA'),
      [],
      ['foreign'],
    ],
    ['only the element that carries it', intoExtensions(evilRequest, genuine), ALL, ['covers']],
    [
      'only the assertion in an unsigned message',
      intoExtensions(evilRequest, signed({}, ASSERTION)),
      ['Assertion', 'Issuer'],
      ['covers'],
    ],
    ['nothing when the signature was moved to another root', relocated, [], ['unsound']],
    [
      'nothing when the original is in an object of the signature',
      evilRequest.replace(
        '</saml:Issuer>',
        `</saml:Issuer>${signature.replace('</ds:Signature>', `<ds:Object>${withoutSignature}</ds:Object></ds:Signature>`)}`,
      ),
      [],
      ['unsound'],
    ],
    [
      'nothing with two signatures of one element',
      genuine.replace(signature, signature + signature),
      [],
      ['unsound', 'unsound'],
    ],
    [
      'nothing by an ID that another element has',
      intoExtensions(genuine, '<x xmlns="urn:x" Id="_request-1"/>'),
      [],
      ['unsound'],
    ],
    [
      'nothing by an xml:id that another element has',
      intoExtensions(genuine, '<x xmlns="urn:x" xml:id="_request-1"/>'),
      [],
      ['unsound'],
    ],
    ['nothing of the whole document', genuine.replace('URI="#_request-1"', 'URI=""'), [], ['unsound']],
    [
      'nothing of another address',
      genuine.replace('URI="#_request-1"', 'URI="http://evil.example/"'),
      [],
      ['unsound'],
    ],
    [
      'nothing by an XPath',
      genuine.replace(
        /(Algorithm=")[^"]*(#enveloped-signature)/,
        '$1http://www.w3.org/TR/1999/REC-xpath-19991116$2',
      ),
      [],
      ['unsound'],
    ],
    ['nothing that can be checked once it is redacted', redactMessage(genuine), [], ['redacted']],
    [
      'an element whose text has a comment, as it was signed',
      genuine.replace('sp.example', 'sp<!-- -->.example'),
      ALL,
      ['covers'],
    ],
  ];
  for (const [title, xml, covered, verdicts] of cases)
    it(`is ${title}`, async () => {
      const found = await coverageOf(xml);
      assert.deepEqual({ covered: found.covered, verdicts: found.verdicts }, { covered, verdicts });
    });

  it('joins each reference to all elements whose ID it names', async () => {
    const { signatures } = await coverageOf(intoExtensions(genuine, '<x xmlns="urn:x" Id="_request-1"/>'));
    const [first] = signatures;
    assert.equal(first?.references[0]?.uri, '#_request-1');
    assert.equal(first.references[0].targets.length, 2);
    assert.match(first.references[0].digestMethod, /#sha256$/);
    assert.equal(first.references[0].transforms.length, 2);
    assert.equal(first.parent.element, 0);
    assert.match(first.detail ?? '', /another element has the ID/);
  });

  it('is not judged by a key where none is given, and nothing is known of a text that is not XML', async () => {
    const foreign = signed({ privateKeyPem: other.privateKeyPem });
    assert.equal((await findCoverage(bounded(foreign)))?.signatures[0]?.verdict, 'covers');
    assert.equal(await findCoverage(bounded('<a><b></a>')), undefined);
  });

  it('looks at a few signatures only, since each costs a search through the message', async () => {
    const many = intoExtensions(evilRequest, signature.repeat(60));
    const { signatures } = await coverageOf(many);
    assert.equal(signatures.length, 3);
    assert.deepEqual(new Set(signatures.map(({ verdict }) => verdict)), new Set(['unsound']));
  });
});
