import assert from 'node:assert/strict';
import { ZOE_NAME, type Bench, type Connection } from './connections.ts';
import type { Library } from './libraries.ts';
import { formatUri, NAME_IDS, SIGNING, type Case } from './matrix.ts';
import { requestXml } from './request-xml.ts';
import type { SignedOn } from './sign-on.ts';
import type { Believed } from './service-provider.ts';

/** Checks the text of both messages, because no library compares everything. */
export function checkSent(
  { way, signed, algorithm, nameId }: Case,
  { acsUrl, relayState }: Connection,
  { request, delivery, xml }: SignedOn,
): void {
  const format = formatUri(nameId);
  if (request) {
    const asked = requestXml(request);
    assert.match(asked, new RegExp(`NameIDPolicy [^>]*Format="${format}"`));
    const isSigned =
      request.binding === 'post' ? /<(\w+:)?SignatureValue/.test(asked) : /[?&]Signature=/.test(request.url);
    assert.equal(isSigned, way.endsWith('signed'));
  }
  assert.equal(delivery.action, acsUrl);
  assert.equal(delivery.relayState, relayState);
  const values = (name: string) =>
    [...xml.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value]) => value);
  assert.deepEqual(values('Destination'), [acsUrl]);
  assert.deepEqual(values('Recipient'), [acsUrl]);
  assert.deepEqual(values('InResponseTo'), request ? [request.id, request.id] : []);
  assert.match(xml, new RegExp(`<saml:NameID [^>]*Format="${format}"`));
  const { response, assertion } = SIGNING[signed];
  const method = `http://www.w3.org/${algorithm === 'SHA-1' ? '2000/09/xmldsig#rsa-sha1' : '2001/04/xmldsig-more#rsa-sha256'}`;
  const signatures = [...xml.matchAll(/<ds:SignatureMethod Algorithm="([^"]*)"/g)].map(([, each]) => each);
  assert.deepEqual(signatures, response && assertion ? [method, method] : [method]);
}

/**
 * Checks that the library refuses another subject and an answer to another request; otherwise its acceptance would mean
 * nothing.
 */
export async function checkRefusals(
  library: Library,
  { sp }: Connection,
  { request, delivery, xml }: SignedOn,
): Promise<void> {
  const forged = xml.replace(/>[^<]*<\/saml:NameID>/, '>eve@example.com</saml:NameID>');
  assert.notEqual(forged, xml);
  const samlResponse = Buffer.from(forged).toString('base64');
  await assert.rejects(sp.validate(samlResponse, request?.id, delivery.relayState), library.refusesSignature);
  if (!request) return;
  const toAnother = sp.validate(delivery.samlResponse, '_another-request', delivery.relayState);
  await assert.rejects(toAnother, library.refusesAnother);
}

/** Checks what the service provider reports about the person. */
export async function checkBelieved(
  bench: Bench,
  { nameId }: Pick<Case, 'nameId'>,
  { sp, relayState }: Connection,
  { request, delivery }: SignedOn,
): Promise<Believed> {
  const believed = await sp.validate(delivery.samlResponse, request?.id, delivery.relayState);
  assert.match(believed.nameId, NAME_IDS[nameId].told);
  assert.ok([formatUri(nameId), undefined].includes(believed.nameIdFormat), believed.nameIdFormat);
  assert.match(believed.sessionIndex ?? '', /^_/);
  assert.equal(believed.inResponseTo, request?.id);
  assert.ok([relayState, undefined].includes(believed.relayState), believed.relayState);
  const expected = { email: ['zoe@example.com'], name: [ZOE_NAME], groups: bench.groupIds };
  assert.deepEqual(sorted(believed.attributes), sorted(expected));
  return believed;
}

function sorted(attributes: Readonly<Record<string, readonly string[]>>): [string, string[]][] {
  return Object.entries(attributes)
    .map(([name, values]): [string, string[]] => [name, [...values].sort()])
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
