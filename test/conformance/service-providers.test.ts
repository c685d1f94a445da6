import assert from 'node:assert/strict';
import { checkBelieved, checkRefusals, checkSent } from '../support/service-providers/checks.ts';
import { startBench, type Bench } from '../support/service-providers/connections.ts';
import { LIBRARIES, type Library } from '../support/service-providers/libraries.ts';
import { everyCase, sampleCases, type Case, type Combination } from '../support/service-providers/matrix.ts';
import { signOn } from '../support/service-providers/sign-on.ts';
import { matrixTable } from '../support/service-providers/table.ts';
import { checkWish, wishCases } from '../support/service-providers/wishes.ts';
import { samlFixture } from '../support/saml/keys.ts';
import { skipAloud } from '../support/basics/skip.ts';
import { isFull } from '../support/basics/depth.ts';

const cases = isFull ? everyCase(LIBRARIES) : sampleCases(LIBRARIES);
const usual: Combination = { way: 'redirect', signed: 'both', algorithm: 'SHA-256', nameId: 'emailAddress' };

describe('service providers that other people wrote', function () {
  this.timeout(20_000);
  let bench: Bench;
  const passed: Case[] = [];
  /** The application that received each persistent NameID. No two applications receive the same one. */
  const persistent = new Map<string, string>();

  before(async function () {
    this.timeout(60_000); // servers in PHP and C, and the first keys
    bench = await startBench();
  });
  after(async () => {
    process.stdout.write(matrixTable({ cases, passed, missing: (library) => bench.missing(library) }));
    await bench.stop();
  });

  function here(context: Mocha.Context, library: Library): void {
    const missing = bench.missing(library);
    if (missing !== undefined) skipAloud(context, missing);
  }

  for (const each of cases) {
    it(title(each), async function () {
      here(this, each.library);
      const connection = await bench.connect(each);
      const signedOn = await signOn(bench, connection, each.way);
      checkSent(each, connection, signedOn);
      await checkRefusals(each.library, connection, signedOn);
      const { nameId } = await checkBelieved(bench, each, connection, signedOn);
      if (each.nameId === 'persistent' || each.nameId === 'transient') {
        const next = await bench.nameIdOf(connection);
        assert.equal(
          next === nameId,
          each.nameId === 'persistent',
          'the same again only where it is to last',
        );
      }
      if (each.nameId === 'persistent') {
        assert.equal(persistent.get(nameId), undefined, 'no other application knows people by it');
        persistent.set(nameId, connection.key);
      }
      passed.push(each);
    });
  }

  for (const library of LIBRARIES) {
    it(`${library.name}: refuses a response signed by another key, and accepts it once it trusts that key`, async function () {
      here(this, library);
      const each = { library, ...usual };
      const connection = await bench.connect(each);
      const { sp, identityProvider } = connection;
      await sp.trust(withCertificate(identityProvider, samlFixture('other-cert.pem')));
      const signedOn = await signOn(bench, connection, each.way);
      const { request, delivery } = signedOn;
      const refused = sp.validate(delivery.samlResponse, request?.id, delivery.relayState);
      await assert.rejects(refused, library.refusesSignature);
      await sp.trust(identityProvider);
      await checkBelieved(bench, each, connection, signedOn);
    });
  }

  for (const { library, wish } of wishCases(LIBRARIES, !isFull)) {
    it(`${library.name}: gets the right answer to a request that asks for ${wish}`, async function () {
      here(this, library);
      await checkWish(bench, await bench.connect({ library, ...usual }), wish);
    });
  }
});

function title({ library, way, signed, algorithm, nameId }: Case): string {
  const how = way === 'idp' ? 'asked for nothing' : `asked by ${way}`;
  return `${library.name}: ${how}, ${nameId}, signed with ${algorithm}: ${signed}`;
}

function withCertificate<Trust extends { metadataXml: string; certificatePem: string }>(
  identityProvider: Trust,
  certificatePem: string,
): Trust {
  const base64 = certificatePem.replace(/-----[A-Z ]+-----|\s/g, '');
  const metadataXml = identityProvider.metadataXml.replace(/(X509Certificate>)[^<]*</g, `$1${base64}<`);
  assert.notEqual(metadataXml, identityProvider.metadataXml);
  return { ...identityProvider, metadataXml, certificatePem };
}
