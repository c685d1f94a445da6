import assert from 'node:assert/strict';
import {
  startBench,
  ZOE_NAME,
  type Bench,
  type Connection,
} from '../support/service-providers/connections.ts';
import { LIBRARIES } from '../support/service-providers/libraries.ts';
import { everyCase, NAME_IDS, sampleCases, SIGNING, type Case } from '../support/service-providers/matrix.ts';
import { requestXml } from '../support/service-providers/request-xml.ts';
import { signOn, type SignedOn } from '../support/service-providers/sign-on.ts';
import { matrixTable } from '../support/service-providers/table.ts';
import { skipAloud } from '../support/skip.ts';

const cases = process.env['CONFORMANCE'] === 'sample' ? sampleCases(LIBRARIES) : everyCase(LIBRARIES);

describe('service providers that we didn’t write', () => {
  let bench: Bench;
  const passed: Case[] = [];

  before(async function () {
    this.timeout(60_000); // servers in PHP and C, and the first keys
    bench = await startBench();
  });
  after(async () => {
    process.stdout.write(matrixTable({ cases, passed, missing: (library) => bench.missing(library) }));
    await bench.stop();
  });

  for (const each of cases) {
    it(title(each), async function () {
      this.timeout(20_000);
      const missing = bench.missing(each.library);
      if (missing !== undefined) skipAloud(this, missing);
      const connection = await bench.connect(each);
      const signedOn = await signOn(bench, connection, each.way);
      checkSent(each, connection, signedOn);
      await checkRefusals(connection, signedOn);
      await checkBelieved(each, connection, signedOn);
      passed.push(each);
    });
  }

  /** What the service provider knows, by its own word. */
  async function checkBelieved(each: Case, connection: Connection, { request, delivery }: SignedOn) {
    const { sp, relayState } = connection;
    const believed = await sp.validate(delivery.samlResponse, request?.id, delivery.relayState);
    const { urn, told } = NAME_IDS[each.nameId];
    assert.equal(believed.nameId, told);
    assert.ok([`urn:oasis:names:tc:SAML:${urn}`, undefined].includes(believed.nameIdFormat));
    assert.match(believed.sessionIndex ?? '', /^_/);
    assert.equal(believed.inResponseTo, request?.id);
    assert.ok([relayState, undefined].includes(believed.relayState), believed.relayState);
    const expected = { email: ['zoe@example.com'], name: [ZOE_NAME], groups: bench.groupIds };
    assert.deepEqual(sorted(believed.attributes), sorted(expected));
  }
});

/** So that being believed means something. */
async function checkRefusals({ sp }: Connection, { request, delivery, xml }: SignedOn): Promise<void> {
  const forged = xml.replace(/>[^<]*<\/saml:NameID>/, '>eve@example.com</saml:NameID>');
  assert.notEqual(forged, xml);
  const samlResponse = Buffer.from(forged).toString('base64');
  await assert.rejects(
    sp.validate(samlResponse, request?.id, delivery.relayState),
    'a forged subject is refused',
  );
  if (!request) return;
  const toAnother = sp.validate(delivery.samlResponse, '_another-request', delivery.relayState);
  await assert.rejects(toAnother, 'an answer to nobody is refused');
}

function title({ library, way, signed, algorithm, nameId }: Case): string {
  const how = way === 'idp' ? 'asked for nothing' : `asked by ${way}`;
  return `${library.name}: ${how}, ${nameId}, signed with ${algorithm}: ${signed}`;
}

/** What not every library compares, on the text itself. */
function checkSent(
  { way, signed, algorithm, nameId }: Case,
  { acsUrl, relayState }: Connection,
  { request, delivery, xml }: SignedOn,
): void {
  if (request) {
    const asked = requestXml(request);
    assert.match(
      asked,
      new RegExp(`NameIDPolicy [^>]*Format="urn:oasis:names:tc:SAML:${NAME_IDS[nameId].urn}"`),
    );
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
  assert.match(xml, new RegExp(`<saml:NameID [^>]*Format="urn:oasis:names:tc:SAML:${NAME_IDS[nameId].urn}"`));
  const { response, assertion } = SIGNING[signed];
  const method = `http://www.w3.org/${algorithm === 'SHA-1' ? '2000/09/xmldsig#rsa-sha1' : '2001/04/xmldsig-more#rsa-sha256'}`;
  const signatures = [...xml.matchAll(/<ds:SignatureMethod Algorithm="([^"]*)"/g)].map(([, each]) => each);
  assert.deepEqual(signatures, response && assertion ? [method, method] : [method]);
}

function sorted(attributes: Readonly<Record<string, readonly string[]>>): [string, string[]][] {
  return Object.entries(attributes)
    .map(([name, values]): [string, string[]] => [name, [...values].sort()])
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
