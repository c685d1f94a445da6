import assert from 'node:assert/strict';
import {
  readServiceProviderList,
  readServiceProviderMetadata,
} from '../../../../src/protocols/saml/metadata/service-provider.ts';
import { Namespace } from '../../../../src/protocols/saml/types.ts';
import { sampled } from '../../../support/basics/depth.ts';
import { keyPair, NOW } from './helpers.ts';

const SIZE = 1.4 * 1024 * 1024;
const fill = (make: (index: number) => string, size = SIZE): string => {
  const pieces: string[] = [];
  for (let [index, length] = [0, 0]; length < size; index += 1) {
    const piece = make(index);
    pieces.push(piece);
    length += piece.length;
  }
  return pieces.join('');
};

const key = `<md:KeyDescriptor><ds:KeyInfo xmlns:ds="${Namespace.signature}"><ds:X509Data><ds:X509Certificate>${keyPair('sp').certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const acs = (index: number) =>
  `<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example/${index}" index="${index}"/>`;
const format = (index: number) => `<md:NameIDFormat>urn:${index}</md:NameIDFormat>`;
const role = (content: string) =>
  `<md:SPSSODescriptor protocolSupportEnumeration="${Namespace.protocol}">${content}</md:SPSSODescriptor>`;
const usual = role(key + acs(0));
const entity = (content: string, { id = 'x', attributes = '' } = {}) =>
  `<md:EntityDescriptor xmlns:md="${Namespace.metadata}" ${attributes} entityID="${id}">${content}</md:EntityDescriptor>`;
const extended = (content: string) =>
  entity(`<md:Extensions><e xmlns="urn:e">${content}</e></md:Extensions>${usual}`);
const federation = (content: string) =>
  `<md:EntitiesDescriptor xmlns:md="${Namespace.metadata}">${content}</md:EntitiesDescriptor>`;

/** The longest time, in milliseconds of the processor, for which `work` lets nothing else run. */
async function longestStallOf(work: () => Promise<unknown>): Promise<number> {
  let [longest, isOver] = [0, false];
  let last = process.cpuUsage();
  const look = () => {
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.cpuUsage();
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isOver = true;
  look();
  return longest;
}

/** The aim is 250; a slower machine gets more, and still far less than the seconds and minutes of these attacks. */
const MOST_MS = 600;

describe('metadata that is expensive to read (attack)', () => {
  /** In `npm test`, one of each kind of limit. */
  const shapes: [string, () => string, string, boolean][] = [
    ['endpoints', () => entity(role(key + fill(acs))), 'too-complex', true],
    ['formats of NameIDs', () => entity(role(fill(format) + acs(0))), 'too-complex', false],
    ['roles', () => entity(fill(() => '<md:RoleDescriptor/>') + usual), 'too-complex', false],
    ['certificates', () => entity(role(fill(() => key) + acs(0))), 'too-many', true],
    ['empty elements', () => extended(fill(() => '<a/>')), 'too-complex', true],
    ['comments', () => entity(fill(() => '<!---->') + usual), 'too-complex', true],
    [
      'attributes',
      () => entity(usual, { attributes: fill((index) => ` a${index}=""`) }),
      'too-complex',
      true,
    ],
    [
      'namespaces',
      () => entity(usual, { attributes: fill((index) => ` xmlns:n${index}="u"`) }),
      'too-complex',
      true,
    ],
    ['references', () => extended(fill(() => '&lt;')), 'ok', false],
    ['white space', () => extended(fill(() => ' ')), 'ok', false],
    ['a federation', () => federation(fill((index) => entity(usual, { id: `x${index}` }))), 'ok', true],
    [
      'small entities',
      () => federation(fill(() => '<md:EntityDescriptor entityID="https://small.example"/>') + entity(usual)),
      'ok',
      false,
    ],
  ];
  for (const [what, make, expected, isInSample] of shapes) {
    it(
      sampled(isInSample, `a mebibyte and a half of ${what}: ${expected}, without a long stall`),
      async () => {
        const xml = make();
        const entityId = what === 'a federation' ? 'x1' : 'x';
        let reason = '';
        const stall = await longestStallOf(async () => {
          const read = await readServiceProviderMetadata(xml, { now: NOW, entityId });
          reason = read.ok ? 'ok' : read.reason;
        });
        const listing = await longestStallOf(() => readServiceProviderList(xml));
        assert.equal(reason, expected);
        assert.ok(Math.max(stall, listing) < MOST_MS, `${stall} ms, ${listing} ms`);
      },
    );
  }

  const most: [string, string, string][] = [
    ['400 elements in a role', entity(role(key + fill(acs, 399 * acs(10).length))), 'ok'],
    ['more', entity(role(key + fill(acs, 450 * acs(100).length))), 'too-many'],
    [
      'more that are to be mended',
      entity(role('<md:ArtifactResolutionService/>'.repeat(3300) + acs(0))),
      'too-many',
    ],
    ['100 parts', entity('<md:RoleDescriptor/>'.repeat(99) + usual), 'ok'],
    ['more', entity('<md:RoleDescriptor/>'.repeat(100) + usual), 'too-many'],
    ['100 certificates', entity(role(key.repeat(100) + acs(0))), 'ok'],
    ['more', entity(role(key.repeat(101) + acs(0))), 'too-many'],
    ['10,000 nodes', extended('<a/>'.repeat(9900)), 'ok'],
    ['more', extended('<a/>'.repeat(10_000)), 'too-complex'],
  ];
  for (const [what, xml, expected] of most) {
    it(`an entity with ${what}: ${expected}`, async () => {
      let reason = '';
      const stall = await longestStallOf(async () => {
        const read = await readServiceProviderMetadata(xml, { now: NOW });
        reason = read.ok ? 'ok' : read.reason;
      });
      assert.equal(reason, expected);
      assert.ok(stall < MOST_MS, `${stall} ms`);
    });
  }
});
