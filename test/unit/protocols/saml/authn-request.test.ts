import assert from 'node:assert/strict';
import { parseAuthnRequest, type AuthnRequest } from '../../../../src/protocols/saml/authn-request.ts';
import { keyPair, requestXml, signEnveloped } from './helpers.ts';

async function read(xml: string): Promise<AuthnRequest> {
  const parsed = await parseAuthnRequest(xml);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.detail);
  return parsed.request;
}

describe('an AuthnRequest', () => {
  it('may contain next to nothing', async () => {
    const xml = `<AuthnRequest xmlns="urn:oasis:names:tc:SAML:2.0:protocol" ID="a" Version="2.0" IssueInstant="2026-01-02T03:04:05Z"/>`;
    assert.deepEqual(await read(xml), {
      id: 'a',
      version: '2.0',
      issueInstant: Date.UTC(2026, 0, 2, 3, 4, 5),
      forceAuthn: false,
      isPassive: false,
      hasSubject: false,
      hasSignature: false,
    });
  });

  it('may contain every element', async () => {
    const xml = requestXml({
      attributes: `Destination="https://idp.example/sso" AssertionConsumerServiceURL=" https://sp.example/acs "
        ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" ForceAuthn="1" IsPassive="true" ProviderName="Wiki"`,
      content: `<saml:Subject><saml:NameID>ana</saml:NameID></saml:Subject>
        <samlp:NameIDPolicy Format="urn:f" AllowCreate="true" SPNameQualifier="q"/>
        <samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>urn:a</saml:AuthnContextClassRef>
        <saml:AuthnContextClassRef> urn:b </saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`,
    });
    assert.deepEqual(await read(xml), {
      id: '_request-1',
      version: '2.0',
      issueInstant: Date.UTC(2026, 0, 2, 3, 4, 5),
      destination: 'https://idp.example/sso',
      issuer: 'https://sp.example/saml',
      assertionConsumerServiceUrl: 'https://sp.example/acs',
      protocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
      nameIdPolicy: { format: 'urn:f', allowCreate: true, spNameQualifier: 'q' },
      forceAuthn: true,
      isPassive: true,
      requestedAuthnContext: { comparison: 'minimum', classRefs: ['urn:a', 'urn:b'] },
      hasSubject: true,
      subjectNameId: { value: 'ana' },
      providerName: 'Wiki',
      hasSignature: false,
    });
  });

  it('may name its consumer service by index, including zero', async () => {
    const request = await read(requestXml({ attributes: 'AssertionConsumerServiceIndex="0"' }));
    assert.equal(request.assertionConsumerServiceIndex, 0);
  });

  it('says when it is signed', async () => {
    const xml = signEnveloped(requestXml(), { privateKeyPem: keyPair('sp').privateKeyPem });
    assert.equal((await read(xml)).hasSignature, true);
  });

  it('compares an authentication context exactly unless it says otherwise', async () => {
    const content = `<samlp:RequestedAuthnContext><saml:AuthnContextClassRef>urn:a</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`;
    assert.equal((await read(requestXml({ content }))).requestedAuthnContext?.comparison, 'exact');
  });

  it('reads an issuer with a comment in it as one text', async () => {
    const request = await read(requestXml().replace('sp.example/', 'sp.<!-- x -->example/'));
    assert.equal(request.issuer, 'https://sp.example/saml');
  });

  it('is read with other prefixes and without any', async () => {
    const xml = requestXml()
      .replaceAll('samlp:', 'x:')
      .replace('xmlns:samlp', 'xmlns:x')
      .replaceAll('saml:', 'y:')
      .replace('xmlns:saml', 'xmlns:y');
    assert.equal((await read(xml)).issuer, 'https://sp.example/saml');
  });

  const instants: [string, number | string][] = [
    ['2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['2026-01-02T03:04:05.6789012Z', Date.UTC(2026, 0, 2, 3, 4, 5, 678)],
    ['2026-01-02T03:04:05', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['2026-01-02T05:04:05+02:00', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['12026-01-02T03:04:05Z', 'bad-instant'],
    ['-2026-01-02T03:04:05Z', 'bad-instant'],
    ['2026-02-30T03:04:05Z', 'schema-invalid'],
    ['2026-01-02', 'schema-invalid'],
    ['now', 'schema-invalid'],
    ['', 'schema-invalid'],
  ];
  for (const [text, expected] of instants) {
    it(`has IssueInstant ${JSON.stringify(text)}: ${String(expected)}`, async () => {
      const parsed = await parseAuthnRequest(requestXml().replace('2026-01-02T03:04:05Z', text));
      assert.equal(parsed.ok ? parsed.request.issueInstant : parsed.reason, expected);
    });
  }

  const faults: [string, string, string][] = [
    ['another message', requestXml().replaceAll('AuthnRequest', 'ManageNameIDRequest'), 'schema-invalid'],
    [
      'a valid message of another kind',
      `<LogoutRequest xmlns="urn:oasis:names:tc:SAML:2.0:protocol" ID="a" Version="2.0" IssueInstant="2026-01-02T03:04:05Z"><NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion">x</NameID></LogoutRequest>`,
      'not-an-authn-request',
    ],
    [
      'an assertion',
      `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="a" Version="2.0" IssueInstant="2026-01-02T03:04:05Z"><Issuer>x</Issuer></Assertion>`,
      'not-an-authn-request',
    ],
    [
      'a request in another namespace',
      requestXml().replace('SAML:2.0:protocol', 'SAML:1.0:protocol'),
      'schema-invalid',
    ],
    ['a document type', `<!DOCTYPE x>${requestXml()}`, 'doctype'],
    ['no XML', 'x', 'not-well-formed'],
    [
      'a request that is too large',
      requestXml({ attributes: `ProviderName="${'x'.repeat(256 * 1024)}"` }),
      'too-large',
    ],
    [
      'a request of too many elements',
      requestXml({ content: `<samlp:Extensions>${'<x xmlns="u:x"/>'.repeat(1000)}</samlp:Extensions>` }),
      'too-complex',
    ],
  ];
  for (const [what, xml, reason] of faults) {
    it(`is refused for ${what}: ${reason}`, async () => {
      const parsed = await parseAuthnRequest(xml);
      assert.equal(parsed.ok ? 'ok' : parsed.reason, reason);
    });
  }
});
