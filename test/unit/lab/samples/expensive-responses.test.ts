import assert from 'node:assert/strict';
import { keyPair } from '../../protocols/saml/helpers.ts';
import { judge, respond } from './judge-response.ts';

const other = keyPair('other');

/** The milliseconds of the faster of two runs, and the reason of the last. */
async function costOf(xml: string): Promise<[number, string]> {
  let [best, reason] = [Infinity, ''];
  for (let round = 0; round < 2; round += 1) {
    const before = process.cpuUsage();
    const verdict = await judge(xml);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
    reason = verdict.ok ? 'ok' : `${verdict.reason} ${verdict.detail ?? ''}`;
  }
  return [best, reason];
}

/** Much more than is needed: the former minute is far above, and a busy machine below. */
const MOST_MS = 400;

const extended = (xml: string, content: string): string =>
  xml.replace('</saml:Issuer>', `$&<samlp:Extensions>${content}</samlp:Extensions>`);
const withoutResponseSignature = (xml: string): string =>
  xml.replace(/<ds:Signature .*?<\/ds:Signature>(?=<samlp:Status>)/, '');

describe('a response that is expensive to verify (attack)', () => {
  const many = (count: number, xml: string) => `<x xmlns="urn:x">${xml.repeat(count)}</x>`;
  before(async () => {
    await judge(await respond());
  });

  const attacks: [string, () => Promise<string>, RegExp][] = [
    [
      '50,000 elements',
      async () => extended(await respond(), many(50_000, '<a/>')),
      /more than 2500 elements/,
    ],
    [
      '50,000 comments',
      async () => extended(await respond(), '<!---->'.repeat(50_000)),
      /more than 2500 elements/,
    ],
    [
      'most elements that are allowed, and a made-up signature of the Response',
      async () =>
        extended(await respond(), many(2400, '<a/>')).replace(/(<ds:SignatureValue>)[^<]*/, '$1AAAA'),
      /Response can’t be trusted: its signature was not made/,
    ],
    [
      'most elements, and a genuine signature of another Response',
      async () => extended(await respond(), many(2400, '<a/>')),
      /Response can’t be trusted: it was changed/,
    ],
    [
      'most elements, and a signature of another key',
      async () => respond(Array.from({ length: 1150 }, String), other),
      /Response can’t be trusted: its signature was not made/,
    ],
    [
      'most elements in an Assertion, and a made-up signature of it alone',
      async () => {
        const xml = withoutResponseSignature(await respond());
        const padded = xml.replace('<saml:AttributeValue>', '$&<a/>').replace('<a/>', '<a/>'.repeat(2400));
        return padded.replace(/(<ds:SignatureValue>)[^<]*/, '$1AAAA');
      },
      /Assertion can’t be trusted/,
    ],
    [
      'a hundred made-up signatures',
      async () => {
        const xml = await respond();
        const signature = /<ds:Signature .*?<\/ds:Signature>/s.exec(xml)?.[0] ?? assert.fail();
        return xml.replace(signature, signature.repeat(100));
      },
      /more than one signature/,
    ],
    [
      'a list of many prefixes in the signature',
      async () => {
        const list = `<c:InclusiveNamespaces xmlns:c="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="${'p '.repeat(8000)}"/>`;
        return (await respond()).replace(
          /(<ds:Transform Algorithm="http:\/\/www.w3.org\/2001\/10\/xml-exc-c14n#">)/,
          `$1${list}`,
        );
      },
      /lists more namespace prefixes than it may/,
    ],
  ];
  for (const [what, make, says] of attacks) {
    it(`${what}: refused in a moment`, async () => {
      const [spent, reason] = await costOf(await make());
      assert.match(reason, says);
      assert.ok(spent < MOST_MS, `${spent} ms`);
    });
  }

  it('unlike a genuine one with as many groups, which takes a moment too', async () => {
    const [spent, reason] = await costOf(await respond(Array.from({ length: 1000 }, String)));
    assert.equal(reason, 'ok');
    assert.ok(spent < 2 * MOST_MS, `${spent} ms`);
  });
});
