import assert from 'node:assert/strict';
import fc from 'fast-check';
import { issueResponse } from '../../../../src/protocols/saml/issue-response.ts';
import { REDACTED, redactMessage } from '../../../../src/protocols/saml/redact.ts';
import { readResponse } from '../../../../src/protocols/saml/read-response.ts';
import { buildErrorResponse } from '../../../../src/protocols/saml/response.ts';
import { StatusCode } from '../../../../src/protocols/saml/types.ts';
import { validateAgainstSchema } from '../../../../src/protocols/saml/xml/parse.ts';
import { keyPair, NOW, requestXml, RESPONSE_ID, sampleResponse, signEnveloped } from './helpers.ts';

const { signingKey, privateKeyPem } = keyPair('idp');
const both = { signResponse: true, signAssertion: true, key: signingKey, includeCertificate: true };

/** Long enough that it stands nowhere by chance, and with all that has to be escaped. */
const personal = fc
  .tuple(fc.string({ minLength: 1, maxLength: 20 }), fc.uuid())
  .map(([text, id]) => `${text}${id}<&"'>`);
const attributes = fc.array(
  fc.record({ name: fc.constantFrom('mail', 'groups', 'title'), values: fc.array(personal) }),
);

describe('redacting a message', () => {
  it('leaves nothing of a person in a response, whatever is said of them, and its structure as it was', async () => {
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

  it('leaves what two parties say of themselves and of each other, and stays valid', async () => {
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

  it('leaves no signature and no digest: neither can it be replayed, nor a value be found by trying', async () => {
    const xml = await issueResponse(sampleResponse(), both);
    const proofs = [...xml.matchAll(/<ds:(?:SignatureValue|DigestValue)>([^<]+)</g)].map(
      ([, value]) => value,
    );
    assert.equal(proofs.length, 4);
    for (const proof of proofs) assert.ok(!redactMessage(xml).includes(proof ?? ''));
  });

  it('takes the person out of a status', async () => {
    const status = { codes: [StatusCode.responder] as const, message: 'ana@example.com has no value' };
    const about = { issuer: 'https://idp.example', destination: 'https://sp.example/acs', status };
    const xml = await issueResponse(buildErrorResponse({ id: RESPONSE_ID, ...about }, NOW), both);
    assert.ok(xml.includes('ana@example.com'));
    assert.ok(!redactMessage(xml).includes('ana@example.com'));
  });

  it('takes out of a request what it says of a person, however it is written', () => {
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

  it('takes a time that grows with the message’s size and no faster, as anybody can send one', () => {
    const content = `<samlp:Extensions xmlns:a="urn:a">${'<a:b>c</a:b>'.repeat(18_000)}</samlp:Extensions>`;
    const before = performance.now();
    const redacted = redactMessage(requestXml({ content }));
    assert.ok(performance.now() - before < 1000);
    assert.ok(redacted.endsWith(`<a:b>${REDACTED}</a:b></samlp:Extensions></samlp:AuthnRequest>`));
  });

  it('leaves nothing of what it can’t read', () => {
    for (const text of ['<a><NameID>ana', '<a b=c>ana</a>', '<', '<a <NameID>ana</NameID>'])
      assert.ok(!redactMessage(text).includes('ana'), text);
  });
});
