import assert from 'node:assert/strict';
import fc from 'fast-check';
import { issueResponse } from '../../../../src/protocols/saml/issue-response.ts';
import { REDACTED, redactMessage } from '../../../../src/protocols/saml/redact.ts';
import { readResponse } from '../../../../src/protocols/saml/read-response.ts';
import { buildErrorResponse } from '../../../../src/protocols/saml/response.ts';
import { StatusCode } from '../../../../src/protocols/saml/types.ts';
import { keyPair, NOW, requestXml, RESPONSE_ID, sampleResponse, signEnveloped } from './helpers.ts';
import { validateAgainstSchema } from '../../../support/saml/bounded.ts';

const { signingKey, privateKeyPem } = keyPair('idp');
const both = { signResponse: true, signAssertion: true, key: signingKey, includeCertificate: true };

/** Personal values that are long enough not to occur by chance, with every character that has to be escaped. */
const personal = fc
  .tuple(fc.string({ minLength: 1, maxLength: 20 }), fc.uuid())
  .map(([text, id]) => `${text}${id}<&"'>`);
const attributes = fc.array(
  fc.record({ name: fc.constantFrom('mail', 'groups', 'title'), values: fc.array(personal) }),
);

describe('redacting a message', () => {
  it('leaves no personal data in a response, whatever it contains, and keeps its structure', async () => {
    await fc.assert(
      fc.asyncProperty(personal, attributes, async (nameId, attributes) => {
        const xml = await issueResponse(sampleResponse({ subject: { value: nameId }, attributes }), both);
        const redacted = redactMessage(xml);
        const secrets = [nameId, ...attributes.flatMap(({ values }) => values)];
        for (const secret of secrets)
          assert.ok(!redacted.includes(secret.slice(-41, -5)), `${secret} is still there`);
        const tags = (text: string) => text.match(/<\/?[\w:]+/g);
        assert.deepEqual(tags(redacted), tags(xml));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the data that two parties exchange about themselves and each other, and keeps it valid', async () => {
    const xml = await issueResponse(sampleResponse(), both);
    const redacted = redactMessage(xml);
    assert.deepEqual(await validateAgainstSchema(redacted, 'protocol'), { ok: true });
    const before = await readResponse(xml);
    const after = await readResponse(redacted);
    assert.ok(before?.assertion && after?.assertion);
    assert.deepEqual(after, {
      ...before,
      assertion: {
        ...before.assertion,
        nameId: { value: REDACTED, format: before.assertion.nameId?.format },
        attributes: before.assertion.attributes.map(({ values, ...each }) => ({
          ...each,
          values: values.map(() => REDACTED),
        })),
      },
    });
  });

  it('leaves no signature and no digest, so that it can’t be replayed and no value found by trying', async () => {
    const xml = await issueResponse(sampleResponse(), both);
    const proofs = [...xml.matchAll(/<ds:(?:SignatureValue|DigestValue)>([^<]+)</g)].map(
      ([, value]) => value,
    );
    assert.equal(proofs.length, 4);
    for (const proof of proofs) assert.ok(!redactMessage(xml).includes(proof ?? ''));
  });

  it('removes personal data from an error status', async () => {
    const status = { codes: [StatusCode.responder] as const, message: 'ana@example.com has no value' };
    const about = { issuer: 'https://idp.example', destination: 'https://sp.example/acs', status };
    const xml = await issueResponse(buildErrorResponse({ id: RESPONSE_ID, ...about }, NOW), both);
    assert.ok(xml.includes('ana@example.com'));
    assert.ok(!redactMessage(xml).includes('ana@example.com'));
  });

  it('removes personal data from a request, however it is written', () => {
    const secret = 'ana@example.com';
    for (const content of [
      `<saml:Subject><saml:NameID>${secret}</saml:NameID></saml:Subject>`,
      `<saml:Subject><saml:NameID><![CDATA[${secret}]]></saml:NameID></saml:Subject>`,
      `<saml:Subject><saml:NameID>a<!-- ${secret} -->${secret}</saml:NameID></saml:Subject>`,
      `<saml:Subject><x:NameID xmlns:x='urn:oasis:names:tc:SAML:2.0:assertion' >${secret}</x:NameID ></saml:Subject>`,
      `<samlp:Extensions><a:b xmlns:a="urn:a" c='${secret}' d="${secret}"><a:e>${secret}</a:e>${secret}</a:b></samlp:Extensions>`,
      `<saml:Subject><saml:SubjectConfirmation Method="m"><saml:SubjectConfirmationData Address="${secret}"/></saml:SubjectConfirmation></saml:Subject>`,
      `<saml:Subject><saml:SubjectConfirmation Method="m"><saml:SubjectConfirmationData xmlns:a="urn:a" a:b="${secret}">${secret}<a:e>${secret}</a:e></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>`,
      `<saml:Subject><saml:NameID SPProvidedID="${secret}">x</saml:NameID></saml:Subject>`,
      `<samlp:Extensions><a:b xmlns:a="a c='" d='${secret}' e=" f='"/></samlp:Extensions>`,
      `<!-- ${secret} -->`,
    ]) {
      const redacted = redactMessage(requestXml({ content }));
      assert.ok(!redacted.includes(secret), redacted);
      assert.match(
        redacted,
        /<saml:Issuer>https:\/\/sp\.example\/saml<\/saml:Issuer>.*<\/samlp:AuthnRequest>$/,
      );
    }
  });

  it('takes the signature out of a request', () => {
    const signed = signEnveloped(requestXml(), { privateKeyPem });
    const [, value = ''] = /SignatureValue>([^<]+)</.exec(signed) ?? [];
    assert.ok(value.length > 100);
    assert.ok(!redactMessage(signed).includes(value));
  });

  it('takes time in proportion to the size of a message, which anyone can send', () => {
    const content = `<samlp:Extensions xmlns:a="urn:a">${'<a:b>c</a:b>'.repeat(18_000)}</samlp:Extensions>`;
    const before = performance.now();
    const redacted = redactMessage(requestXml({ content }));
    assert.ok(performance.now() - before < 1000);
    assert.ok(redacted.endsWith(`<a:b>${REDACTED}</a:b></samlp:Extensions></samlp:AuthnRequest>`));
  });

  it('leaves nothing of a message that it can’t read', () => {
    for (const text of ['<a><NameID>ana', '<a b=c>ana</a>', '<', '<a <NameID>ana</NameID>'])
      assert.ok(!redactMessage(text).includes('ana'), text);
  });
});
