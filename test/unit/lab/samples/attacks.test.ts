import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import { buildErrorResponse } from '../../../../src/protocols/saml/response.ts';
import { issueResponse } from '../../../../src/protocols/saml/issue-response.ts';
import { StatusCode } from '../../../../src/protocols/saml/types.ts';
import { textOf } from '../../../support/servers/browserless.ts';
import { keyPair } from '../../protocols/saml/helpers.ts';
import { parsePage, requestOf } from './reading.ts';
import { startSamples, type Harness, type Say } from './harness.ts';

type Browser = ReturnType<Harness['browser']>;

async function refuses(harness: Harness, xml: string, why: RegExp, browser: Browser = harness.browser()) {
  const signedInBefore = browser.cookies.size;
  const answer = await harness.deliver(browser, xml);
  assert.equal(answer.status, 400);
  assert.match(textOf(answer), why);
  assert.match(textOf(answer), /Nobody has been signed in here/);
  assert.equal(browser.cookies.size, signedInBefore, 'a refused response gives no session');
  return answer;
}

async function ask(harness: Harness, browser: Browser): Promise<string> {
  const asking = await browser.get(`${harness.home}/signin?binding=post`);
  return (
    (await requestOf({ post: parsePage(asking).fields['SAMLRequest'] ?? '' })).attributes.get('ID') ?? ''
  );
}

describe('a sample under attack', () => {
  let harness: Harness;
  before(async () => (harness = await startSamples()));
  after(() => harness.stop());

  const says: Record<string, [(own: Harness) => Say, RegExp]> = {
    'a response for another service provider (audience)': [
      () => ({ assertion: { audience: 'https://other.example' } }),
      /audience mismatch/,
    ],
    'an assertion that was sent elsewhere, in a response to us': [
      ({ addresses }) => ({
        assertion: { recipient: 'https://other.example/acs' },
        response: { destination: addresses.acsUrl },
      }),
      /The Recipient of the SubjectConfirmation is https:\/\/other\.example/,
    ],
    'a response whose Destination is elsewhere': [
      () => ({ response: { destination: 'https://other.example/acs' } }),
      /The Destination of the response is https:\/\/other\.example/,
    ],
    'an unsigned response': [
      () => ({ signing: { response: false, assertion: false } }),
      /The Response can’t be trusted: it is not signed/,
    ],
    'a response of which only the assertion is signed': [
      () => ({ signing: { response: false, assertion: true } }),
      /The Response can’t be trusted: it is not signed/,
    ],
    'a response whose assertion is not signed itself': [
      () => ({ signing: { response: true, assertion: false } }),
      /The Assertion can’t be trusted: it is not signed/,
    ],
    'a response signed with a key of its own, which it carries along': [
      () => ({ key: 'other' }),
      /The Response can’t be trusted: its signature was not made with the certificate/,
    ],
    'an expired response': [() => ({ madeInMs: -HOUR_MS }), /expired/],
    'a response of the future': [() => ({ madeInMs: 2 * MINUTE_MS }), /not yet valid/],
    'a response of another identity provider with our key': [
      () => ({ assertion: { issuer: 'https://other.example' } }),
      /Issuer of the response is https:\/\/other/,
    ],
    'an assertion of another issuer in a response of ours': [
      ({ idp }) => ({
        assertion: { issuer: 'https://other.example' },
        response: { issuer: idp.entityId },
      }),
      /Issuer of the assertion is https:\/\/other/,
    ],
    'an assertion under a Status that is none': [
      () => ({ response: { status: { codes: [StatusCode.responder] } } }),
      /Status of the response is .*Responder/,
    ],
    'an answer to a request that nobody sent': [
      () => ({ assertion: { inResponseTo: '_made-up' } }),
      /InResponseTo is not valid/,
    ],
    'an assertion about nobody': [
      () => ({ assertion: { subject: { value: ' ' } } }),
      /its subject is unknown/,
    ],
  };
  for (const [attack, [say, why]] of Object.entries(says)) {
    it(`refuses ${attack}`, async () => {
      await refuses(harness, await harness.respond(say(harness)), why);
    });
  }

  it('refuses the same response a second time, while it is valid and after signing out', async () => {
    const browser = harness.browser();
    const xml = await harness.respond();
    assert.equal((await harness.deliver(browser, xml)).status, 303);
    await browser.submit(await browser.get(harness.home));
    harness.clock.advance(59 * MINUTE_MS);
    await refuses(harness, xml, /was used here before/, browser);
    await refuses(harness, xml, /was used here before/);
    harness.clock.advance(MINUTE_MS);
    await refuses(harness, xml, /expired/);
  });

  it('accepts one of two copies that arrive at the same moment', async () => {
    const xml = await harness.respond();
    const answers = await Promise.all([1, 2, 3].map(() => harness.deliver(harness.browser(), xml)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 400, 400]);
  });

  it('refuses the answer to the request of another browser', async () => {
    const [victim, attacker] = [harness.browser(), harness.browser()];
    const inResponseTo = await ask(harness, attacker);
    await ask(harness, victim);
    const xml = await harness.respond({ assertion: { inResponseTo } });
    await refuses(harness, xml, /InResponseTo is not valid/, victim);
    await refuses(harness, xml, /InResponseTo is not valid/);
    assert.equal((await harness.deliver(attacker, xml)).status, 303);
  });

  it('refuses the answer to a request that is fifteen minutes old', async () => {
    const browser = harness.browser();
    const inResponseTo = await ask(harness, browser);
    harness.clock.advance(15 * MINUTE_MS);
    await refuses(
      harness,
      await harness.respond({ assertion: { inResponseTo } }),
      /InResponseTo is not valid/,
      browser,
    );
  });

  it('accepts no forged list of requests', async () => {
    const browser = harness.browser();
    await ask(harness, browser);
    const [name = ''] = browser.cookies.keys();
    const made = Buffer.from(JSON.stringify([{ id: '_made-up', binding: 'post', expiresAt: 9e15 }]));
    for (const value of [made.toString('base64url'), `v1.${made.toString('base64url')}`, 'v1.', '.']) {
      browser.cookies.set(name, value);
      const xml = await harness.respond({ assertion: { inResponseTo: '_made-up' } });
      await refuses(harness, xml, /InResponseTo is not valid/, browser);
    }
  });

  it('accepts no list of requests that was sealed for another directory', async () => {
    const elsewhere = await startSamples();
    elsewhere.clock.set(harness.clock.now());
    try {
      const [browser, other] = [harness.browser(), elsewhere.browser()];
      const inResponseTo = await ask(elsewhere, other);
      await ask(harness, browser);
      const [[name = ''] = [], [, sealed = ''] = []] = [[...browser.cookies][0], [...other.cookies][0]];
      browser.cookies.set(name, sealed);
      const xml = await harness.respond({ assertion: { inResponseTo } });
      await refuses(harness, xml, /InResponseTo is not valid/, browser);
    } finally {
      await elsewhere.stop();
    }
  });

  it('never follows the RelayState', async () => {
    for (const relayState of [
      'https://evil.example/',
      '//evil.example',
      'javascript:alert(1)',
      '/\\evil.example',
    ]) {
      const browser = harness.browser();
      const answer = await harness.deliver(browser, await harness.respond(), relayState);
      assert.deepEqual([answer.status, answer.location], [303, harness.home]);
      const page = await browser.get(harness.received);
      assert.ok(textOf(page).includes(relayState));
      assert.ok(!page.body.includes(`href="${relayState}"`));
    }
  });

  it('refuses an assertion that was changed after it was signed', async () => {
    const xml = await harness.respond();
    await refuses(
      harness,
      xml.replaceAll('ana@example.com', 'eve@example.com'),
      /The Response can’t be trusted: it was changed after it was signed/,
    );
  });

  it('ignores a comment that was put into a name (the text is what was signed)', async () => {
    const xml = await harness.respond({ assertion: { subject: { value: 'ana@example.com.evil.example' } } });
    const browser = harness.browser();
    await harness.deliver(browser, xml.replace('ana@example.com.evil', 'ana@example.com<!---->.evil'));
    const { body } = await browser.get(harness.received);
    assert.match(body.replaceAll('<wbr/>', ''), /ana@example\.com\.evil\.example/);
  });

  it('refuses document types, entities and texts that aren’t XML', async () => {
    const xml = await harness.respond();
    await refuses(
      harness,
      `<!DOCTYPE x [<!ENTITY e "x">]>${xml}`,
      /document type declarations are not accepted/,
    );
    await refuses(harness, 'hello', /not acceptable XML/);
    await refuses(harness, `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, /not acceptable XML/);
    await refuses(harness, '<a xmlns="urn:x"/>', /can’t be trusted: it is not signed/);
  });

  it('refuses a response that is not base64, sent twice, missing or too large', async () => {
    const browser = harness.browser();
    const acs = `${harness.home}/acs`;
    const post = (form: string) => browser.post(acs, form, { site: 'same-origin' });
    assert.equal((await post('SAMLResponse=%%%')).status, 400);
    assert.equal((await post('SAMLResponse=a&SAMLResponse=b')).status, 400);
    assert.equal((await post('')).status, 400);
    assert.equal((await post(`SAMLResponse=${'A'.repeat(1100 * 1024)}`)).status, 413);
    const good = encodePost(await harness.respond());
    assert.equal(
      (await post(`SAMLResponse=${encodeURIComponent(good)}&RelayState=a&RelayState=b`)).status,
      400,
    );
    assert.equal(browser.cookies.size, 0);
  });

  it('shows an error status of the identity provider as a refusal', async () => {
    const response = buildErrorResponse(
      {
        id: '_status',
        issuer: harness.idp.entityId,
        destination: harness.addresses.acsUrl,
        status: { codes: [StatusCode.responder, StatusCode.requestDenied], message: 'No access' },
      },
      harness.clock.now(),
    );
    const options = {
      signResponse: true,
      signAssertion: true,
      key: keyPair('idp').signingKey,
      includeCertificate: true,
    };
    await refuses(harness, await issueResponse(response, options), /Responder error: No access/);
    const noPassive = {
      ...response,
      status: { codes: [StatusCode.responder, StatusCode.noPassive] as const },
    };
    await refuses(harness, await issueResponse(noPassive, options), /has no assertion/);
  });
});

describe('a sample under attack where only the assertion is signed', () => {
  let harness: Harness;
  before(async () => (harness = await startSamples({ signing: { response: false, assertion: true } })));
  after(() => harness.stop());

  it('refuses the answer to the request of another browser whose InResponseTo was cut off the Response', async () => {
    const attacker = harness.browser();
    const inResponseTo = await ask(harness, attacker);
    const xml = await harness.respond({ assertion: { inResponseTo } });
    const cut = xml.replace(` InResponseTo="${inResponseTo}"`, '');
    assert.equal(cut.split(inResponseTo).length, 2, 'it is cut off the Response alone');
    await refuses(harness, cut, /InResponseTo of the SubjectConfirmation is not that of the Response/);
  });

  it('refuses an unsolicited assertion that is disguised as the answer to a request of this browser', async () => {
    const browser = harness.browser();
    const inResponseTo = await ask(harness, browser);
    const xml = await harness.respond({ assertion: {}, response: { inResponseTo } });
    await refuses(
      harness,
      xml,
      /InResponseTo of the SubjectConfirmation is not that of the Response/,
      browser,
    );
  });

  it('refuses a forged assertion that stands before the signed one or around it (signature wrapping)', async () => {
    const xml = await harness.respond();
    const assertion = /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? '';
    assert.notEqual(assertion, '');
    const evil = assertion
      .replace(/<ds:Signature.*<\/ds:Signature>/s, '')
      .replaceAll('ana@example.com', 'eve@example.com')
      .replace(/ ID="[^"]*"/, ' ID="_evil"');
    const distrusts = (changed: string, why: string) =>
      refuses(harness, xml.replace(assertion, changed), new RegExp(`The Assertion can’t be trusted: ${why}`));
    await distrusts(evil + assertion, 'it is not signed');
    await distrusts(evil.replace('</saml:Assertion>', `${assertion}</saml:Assertion>`), 'it is not signed');
    const signature = /<ds:Signature.*<\/ds:Signature>/s.exec(assertion)?.[0] ?? '';
    const object = signature.replace(
      '</ds:Signature>',
      `<ds:Object>${assertion.replace(signature, '')}</ds:Object></ds:Signature>`,
    );
    const stolen = evil.replace('</saml:Issuer>', `</saml:Issuer>${object}`);
    await distrusts(stolen, 'the signature has other parts');
  });
});
