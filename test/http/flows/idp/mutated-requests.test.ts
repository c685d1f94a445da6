import assert from 'node:assert/strict';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { listEvents } from '../../../../src/domain/audit/event-list-store.ts';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import { verifyEnvelopedSignature } from '../../../../src/protocols/saml/signature/verify-enveloped.ts';
import {
  MUTATION_TIMEOUT_MS,
  overMutatedInput,
  Seen,
  sendChecked,
} from '../../../support/mutation/mutation-run.ts';
import { checksOfRequests, reasonsOf } from '../../../support/saml/known-reasons.ts';
import { declareInXml, mutateXml } from '../../../support/mutation/mutate-xml.ts';
import {
  mutateOctets,
  mutatePairs,
  mutateText,
  recode,
  BREAKING_TEXTS,
  type Draw,
} from '../../../support/mutation/mutate.ts';
import type { RawAnswer } from '../../../support/servers/raw-http.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import { startSignedServer } from '../../../support/saml/signed-requests.ts';
import { targetOf, type RequestParts, type Target } from '../../../support/saml/single-sign-on.ts';
import { keyPair, redirectQuery, signEnveloped } from '../../../unit/protocols/saml/helpers.ts';
import { boundXml } from '../../../../src/protocols/saml/xml/bounded-xml.ts';
import { bounded, WIDE } from '../../../support/saml/bounded.ts';
import { assertNothingDeclared } from '../../../support/saml/libxml-view.ts';

const SP = keyPair('sp');
const OTHER = keyPair('other');
const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;

describe('mutated SAML requests', () => {
  let server: TestServer;
  let strict: Target;
  let unknowing: Target;
  const seen = new Seen();
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSignedServer();
    [strict, unknowing] = [await targetOf(server, 'strict'), await targetOf(server, 'unknowing')];
  });
  after(() => server.stop());

  const sign = (xml: string, { privateKeyPem } = SP) => signEnveloped(xml, { privateKeyPem });
  const pairsOf = (query: string) => [...new URLSearchParams(query.replaceAll('+', '%2B'))];
  const byQuery = (target: Target, query: string) =>
    sendChecked(server, { target: `${target.path}?${query}`, headers: [['Sec-Fetch-Site', 'cross-site']] });
  const byForm = (target: Target, body: string | Buffer) =>
    sendChecked(server, { method: 'POST', target: target.path, headers: [FORM], body });
  const formOf = (xml: string | Buffer, relayState = 'r') =>
    `SAMLRequest=${encodeURIComponent(Buffer.from(xml).toString('base64'))}&RelayState=${encodeURIComponent(relayState)}`;
  const deflated = (octets: string | Buffer) => deflateRawSync(octets).toString('base64');

  /** The octets of the message in a query or form. */
  const messageOf = (pairs: string) =>
    Buffer.from(new URLSearchParams(pairs).get('SAMLRequest')?.replaceAll(' ', '+') ?? '', 'base64');

  /** Counts the reason of a refusal: its page names what can't be read, its event or status names the check. */
  async function count(answer: RawAnswer): Promise<void> {
    const [, unreadable] = /\(([a-z0-9-]+)\)/.exec(answer.body) ?? [];
    if (answer.status >= 400 && unreadable !== undefined) seen.add(unreadable);
    else if (answer.status === 400) {
      const { items } = await listEvents(server.db.read, server.instance.organization.id, {}, { limit: 1 });
      seen.add(String(items[0]?.serviceEventDetails?.['reason']));
    } else if (answer.status === 200) {
      const [, form = ''] = /name="SAMLResponse" value="([^"]*)"/.exec(answer.body) ?? [];
      const xml = Buffer.from(form, 'base64').toString();
      const statuses: [RegExp, string][] = [
        [/StatusMessage>NameIDs /, 'name-id-policy'],
        [/StatusMessage>A request’s Subject /, 'subject'],
        [/StatusMessage>A request with this ID was received before/, 'replay'],
      ];
      for (const [says, reason] of statuses) if (says.test(xml)) seen.add(reason);
    }
  }

  /** A well-formed message with wrong content. */
  function otherwise({ pick }: Draw): RequestParts {
    const now = server.clock.now();
    return pick<() => RequestParts>([
      () => ({ version: pick(['1.1', '2.1', '']) }),
      () => ({ destination: pick(['https://idp.example/sso', strict.ssoUrl]) }),
      () => ({ issuedAt: pick([0, now - 11 * MINUTE_MS, now + 4 * MINUTE_MS, 8.64e15, -62135596800000]) }),
      () => ({ issuer: pick(['https://evil.example', '', '&#x202E;', strict.entityId]) }),
      () => ({
        attributes: `AssertionConsumerServiceURL="${pick(['https://evil.example', 'javascript:x', '//x'])}"`,
      }),
      () => ({ attributes: `AssertionConsumerServiceIndex="${pick(['1', '65535'])}"` }),
      () => ({ attributes: 'ForceAuthn="1" IsPassive="true" ProviderName="&lt;b&gt;"' }),
      () => ({
        content: `<samlp:NameIDPolicy Format="${pick(['urn:x', 'urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted'])}"/>`,
      }),
      () => ({ content: `<samlp:NameIDPolicy SPNameQualifier="x"/>` }),
      () => ({
        content:
          '<saml:Subject><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"/></saml:Subject>',
      }),
      () => ({
        content:
          '<samlp:RequestedAuthnContext Comparison="better"><saml:AuthnContextClassRef>urn:x</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>',
      }),
    ])();
  }

  it('are accepted before any mutation, by each binding, signed and unsigned', async () => {
    const redirect = (query: string, target: Target) => byQuery(target, query);
    for (const answer of [
      await redirect(redirectQuery(unknowing.request(), { relayState: 'r' }), unknowing),
      await redirect(redirectQuery(strict.request(), { privateKeyPem: SP.privateKeyPem }), strict),
      await byForm(unknowing, formOf(unknowing.request())),
      await byForm(strict, formOf(sign(strict.request()))),
    ]) {
      assert.equal(answer.status, 303, answer.body);
      assert.match(answer.headers.get('location') ?? '', /\/saml\/continue\//);
    }
  });

  it('cause no server error, slow answer or leak of internals by HTTP-Redirect', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    await overMutatedInput(100, async (draw) => {
      const { pick, below } = draw;
      const target = pick([unknowing, strict]);
      const options = {
        relayState: pick(['r', ...BREAKING_TEXTS.slice(0, 8)]).replace(/\p{Surrogate}/gu, ''),
        privateKeyPem: SP.privateKeyPem,
      };
      const xml = target.request(below(3) === 0 ? otherwise(draw) : {});
      const query = target === strict ? redirectQuery(xml, options) : redirectQuery(xml, { relayState: 'r' });
      const pairs = pairsOf(query);
      const withMessage = (message: string) =>
        query.replace(/SAMLRequest=[^&]*/, () => `SAMLRequest=${encodeURIComponent(message)}`);
      const sent = pick([
        () => query,
        () => withMessage(deflated(mutateXml(xml, draw))),
        () => withMessage(deflated(mutateXml(xml, draw))),
        () => withMessage(deflated(mutateOctets(Buffer.from(xml), draw))),
        () => withMessage(deflated(recode(mutateXml(xml, draw), draw))),
        () => withMessage(deflated(recode(declareInXml(xml, draw), draw))),
        () => withMessage(deflated(recode(declareInXml(xml, draw), draw))),
        () => withMessage(mutateOctets(deflateRawSync(xml), draw).toString('base64')),
        () => withMessage(deflateRawSync(xml).toString('base64url')),
        () => withMessage(Buffer.from(xml).toString('base64')),
        () => withMessage(deflated(Buffer.alloc(1 + below(2_000_000), pick([' ', '<', 'a'])))),
        () => mutatePairs(pairs, draw),
        () => mutatePairs(pairs, draw),
        () => mutateText(query, draw),
        () => query.replace('SAMLRequest', 'SAMLRequest=x&SAML%52equest'),
        () =>
          query.replace(
            /SigAlg=[^&]*/,
            `SigAlg=${encodeURIComponent(pick(BREAKING_TEXTS).replace(/\p{Surrogate}/gu, ''))}`,
          ),
      ])();
      const target_ = Buffer.from(`${target.path}?${sent.replace(/[\0\r\n ]/g, pick(['', '%20']))}`);
      const answer = await sendChecked(server, { target: target_ });
      await count(answer);
      if (answer.status === 303) await assertNothingDeclared(inflateRawSync(messageOf(sent)));
    });
  });

  it('cause no server error, slow answer or leak of internals by HTTP-POST', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    await overMutatedInput(100, async (draw) => {
      const { pick, below } = draw;
      const target = pick([unknowing, strict]);
      const plain = target.request(below(3) === 0 ? otherwise(draw) : {});
      const xml = target === strict ? sign(plain, pick([SP, SP, OTHER])) : plain;
      const body = pick<() => string | Buffer>([
        () => formOf(xml),
        () => formOf(mutateXml(xml, draw)),
        () => formOf(mutateXml(xml, draw)),
        () => formOf(mutateXml(xml, draw)),
        () => formOf(mutateOctets(Buffer.from(xml), draw)),
        () => formOf(recode(mutateXml(xml, draw), draw)),
        () => formOf(recode(declareInXml(xml, draw), draw)),
        () =>
          formOf(
            xml.replace(
              '</saml:Issuer>',
              `$&<samlp:Extensions>${'<x xmlns="u"/>'.repeat(below(2500))}</samlp:Extensions>`,
            ),
          ),
        () =>
          `SAMLRequest=${encodeURIComponent(mutateText(encodePost(xml), draw).replace(/\p{Surrogate}/gu, ''))}`,
        () =>
          mutatePairs(
            [
              ['SAMLRequest', encodePost(xml)],
              ['RelayState', 'r'],
            ],
            draw,
          ),
        () => mutateOctets(Buffer.from(formOf(xml)), draw),
        () => formOf(xml, pick(BREAKING_TEXTS).replace(/\p{Surrogate}/gu, '')),
      ])();
      const answer = await byForm(target, body);
      await count(answer);
      if (answer.status === 303) await assertNothingDeclared(messageOf(String(body)));
    });
  });

  it('give the signed content, or a known reason, where a signature is verified', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    const genuine = sign(strict.request());
    const truth = await verifyEnvelopedSignature(bounded(genuine), [SP.certificate]);
    assert.ok(truth.ok);
    const known = [
      ...reasonsOf('src/protocols/saml/signature/signature-shape.ts', 'SignatureShapeFault'),
      ...reasonsOf('src/protocols/saml/signature/verify-enveloped.ts', 'EnvelopedFault'),
    ];
    const faults = new Seen();
    const judge = async (text: string, certificates = [SP.certificate]) => {
      const examined = boundXml(text, WIDE);
      if (!examined.ok) return;
      const verdict = await verifyEnvelopedSignature(examined.xml, certificates);
      if (verdict.ok) assert.equal(verdict.verifiedXml, truth.verifiedXml);
      else {
        assert.ok(known.includes(verdict.reason), verdict.reason);
        faults.add(verdict.reason);
      }
    };
    const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(genuine)?.[0] ?? assert.fail();
    const rare = [
      genuine.replace(signature, ''),
      genuine.replace(signature, signature + signature),
      genuine.replace(signature, `<saml:x>${signature}</saml:x>`),
      genuine.replace('enveloped-signature', 'x'),
      genuine.replace('rsa-sha256', 'rsa-md5'),
      genuine.replace(/URI="#[^"]*"/, 'URI="#x"'),
      genuine.replace('</samlp:AuthnRequest>', `<x Id="${/ ID="([^"]*)"/.exec(genuine)?.[1]}"/>$&`),
      genuine.replace('<ds:SignatureValue>', '<ds:Object/>$&'),
    ];
    for (const xml of rare) await judge(xml);
    await judge(genuine, []);
    await overMutatedInput(60, async (draw) => judge(mutateXml(genuine, draw)));
    faults.assertAll(known);
  });

  it('meet a refusal by every check and by every reader', async () => {
    const parts: RequestParts[] = [
      { version: '1.1' },
      { destination: 'https://idp.example' },
      { issuedAt: 0 },
      { issuer: 'https://evil.example' },
      { attributes: 'AssertionConsumerServiceURL="https://evil.example"' },
      { content: '<samlp:NameIDPolicy Format="urn:x"/>' },
      { content: '<saml:Subject><saml:SubjectConfirmation Method="urn:x"/></saml:Subject>' },
    ];
    for (const each of parts) await count(await byForm(unknowing, formOf(unknowing.request(each))));
    const again = formOf(unknowing.request());
    for (let time = 0; time < 2; time += 1) await count(await byForm(unknowing, again));
    await count(await byForm(strict, formOf(strict.request())));
    const xml = unknowing.request();
    const rare = [
      xml.replace(/IssueInstant="[^"]*"/, 'IssueInstant="12026-01-01T00:00:00Z"'),
      `<!DOCTYPE x>${xml}`,
      xml.replace('><', '><?x y?><'),
      `<samlp:LogoutRequest${xml.slice('<samlp:AuthnRequest'.length).replace('</samlp:AuthnRequest>', '<saml:NameID>a</saml:NameID></samlp:LogoutRequest>')}`,
      xml.replace('Version', 'Ver'),
      xml.replace('</', '<'),
      '<a>'.repeat(100),
      unknowing.request({ attributes: `ProviderName="${'x'.repeat(2000)}"` }),
    ];
    for (const each of rare) await count(await byForm(unknowing, formOf(each)));
    for (const query of [
      'SAMLRequest=',
      'SAMLRequest=x&SAMLRequest=y',
      'SAMLRequest=%E0%A4%A',
      'SAMLRequest=AAAA&SAMLEncoding=x',
      'SAMLRequest=!',
      `SAMLRequest=${encodeURIComponent(Buffer.from('x').toString('base64'))}AAAA`.replace('%3D%3D', ''),
      `SAMLRequest=${encodeURIComponent(deflated(Buffer.alloc(300_000)))}`,
      `SAMLRequest=${encodeURIComponent(deflated(Buffer.from([0xff])))}`,
      `SAMLRequest=${encodeURIComponent(deflated(xml))}&SigAlg=x`,
    ])
      await count(await byQuery(unknowing, query));
    await count(
      await byQuery(strict, `SAMLRequest=${encodeURIComponent(`${deflated(strict.request())}\n`)}`),
    );
    await count(await byForm(unknowing, formOf(deflateRawSync(xml))));
    await count(await byForm(unknowing, formOf(Buffer.from([0xff]))));
    seen.assertAll([
      ...checksOfRequests(),
      ...reasonsOf('src/protocols/saml/bindings/redirect.ts', 'RedirectFault'),
      ...reasonsOf('src/protocols/saml/bindings/post.ts', 'PostFault'),
      ...reasonsOf('src/protocols/saml/xml/parse.ts', 'XmlFault'),
      ...reasonsOf('src/protocols/saml/xml/bounded-xml.ts', 'BoundFault'),
      ...reasonsOf('src/protocols/saml/xml/scan.ts', 'ScanReason'),
      ...reasonsOf('src/protocols/saml/authn-request.ts', 'AuthnRequestFault'),
    ]);
  });

  it('leave the server healthy and able to accept a valid request', async () => {
    assert.equal((await sendChecked(server, { target: '/healthz' })).status, 200);
    assert.equal((await byForm(strict, formOf(sign(strict.request())))).status, 303);
  });
});
