import assert from 'node:assert/strict';
import { setInterval } from 'node:timers/promises';
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import type { Browserless } from '../support/servers/browserless.ts';
import { base64Of, carriedIn, certificatesOf } from '../support/applications/certificates.ts';
import { deliveryOf } from '../support/saml/delivery.ts';
import { EXAMPLE, signIn, startServer, type TestServer } from '../support/servers/server.ts';
import { samlifyServiceProvider } from '../support/service-providers/samlify.ts';
import { api, targetOf, type Target } from '../support/saml/single-sign-on.ts';
import { isFull } from '../support/basics/depth.ts';

const EVERY_MS = 100;
const LOGINS = isFull ? 200 : 20;
const SIGNING = { response: true, assertion: true };

/** The part of a third-party service provider that a rotation needs. */
interface ServiceProvider {
  /** Reads our metadata again, as after a request by its administrator. */
  update(metadataXml: string): Promise<void>;
  request(): Promise<{ id: string; url: string }>;
  /** Rejects with the library's reason. */
  validate(samlResponse: string, requestId: string): Promise<string>;
}

const certificatesIn = (metadataXml: string) =>
  [...metadataXml.matchAll(/<ds:X509Certificate>([^<]+)</g)].map(([, each = '']) => each.replace(/\s+/g, ''));

/** `@node-saml/node-saml`, configured with every certificate of our metadata. */
function nodeSaml({ entityId, acsUrl, ssoUrl }: Target): ServiceProvider {
  let saml: SAML | undefined;
  const requests = new Map<string, string>();
  const ready = () => saml ?? assert.fail('it trusts nobody yet');
  return {
    update(metadataXml) {
      saml = new SAML({
        ...{ issuer: entityId, audience: entityId, callbackUrl: acsUrl },
        ...{ entryPoint: ssoUrl, idpIssuer: ssoUrl, idpCert: certificatesIn(metadataXml) },
        ...{ wantAuthnResponseSigned: true, wantAssertionsSigned: true, acceptedClockSkewMs: 0 },
        validateInResponseTo: ValidateInResponseTo.always,
        cacheProvider: {
          saveAsync: (key, value) => (requests.set(key, value), Promise.resolve({ value, createdAt: 0 })),
          getAsync: (key) => Promise.resolve(requests.get(key) ?? null),
          removeAsync: (key) => Promise.resolve(requests.delete(key ?? '') ? key : null),
        },
      });
      return Promise.resolve();
    },
    async request() {
      const url = await ready().getAuthorizeUrlAsync('', undefined, {});
      return { id: '', url };
    },
    async validate(samlResponse) {
      const { profile } = await ready().validatePostResponseAsync({ SAMLResponse: samlResponse });
      return profile?.nameID ?? assert.fail('it found nobody in the response');
    },
  };
}

/** `samlify`, which reads our metadata itself. */
function samlify({ entityId, acsUrl, ssoUrl }: Target): ServiceProvider {
  const sp = samlifyServiceProvider({ entityId, acsUrl, signing: SIGNING, signsRequests: false });
  return {
    update: (metadataXml) => sp.trust({ metadataXml, entityId: ssoUrl, ssoUrl, certificatePem: '' }),
    async request() {
      const made = await sp.request('redirect', '');
      return made.binding === 'redirect' ? made : assert.fail('it posts');
    },
    validate: async (samlResponse, requestId) => (await sp.validate(samlResponse, requestId)).nameId,
  };
}

const LIBRARIES = { '@node-saml/node-saml': nodeSaml, samlify } as const;
type Library = keyof typeof LIBRARIES;
/** Without CONFORMANCE=full one library is enough: most of the time is spent waiting between logins. */
const ROTATED: readonly Library[] = isFull ? ['@node-saml/node-saml', 'samlify'] : ['@node-saml/node-saml'];
type Metadata = 'both certificates' | 'the active one';

/** The state of a rotation: the last completed step, or `…` during a step. */
type Phase = 'before' | '…' | 'generated' | 'activated' | 'updated' | 'deleted';

interface Login {
  /** The states at its beginning and at its end; when one of them is `…`, either result is right. */
  phases: readonly [Phase, Phase];
  /** Whether the service provider knew the certificate that the response was signed with. */
  trusted: boolean;
  /** Why the service provider refused the user; undefined when it didn't. */
  reason: string | undefined;
}

/** The guide's steps, in order (p. 76), each with the fraction of the logins after which it is carried out. */
const STEPS: Readonly<Record<Metadata, readonly (readonly [Phase, number])[]>> = {
  'both certificates': [
    ['generated', 0.2],
    ['updated', 0.4],
    ['activated', 0.6],
    ['deleted', 0.8],
  ],
  'the active one': [
    ['generated', 0.2],
    ['activated', 0.4],
    ['updated', 0.7],
    ['deleted', 0.85],
  ],
};

describe('a rotation while a service provider signs people in', () => {
  let server: TestServer;
  const table: string[] = [];
  before(async function () {
    this.timeout(60_000); // the first run generates keys
    server = await startServer({ organization: EXAMPLE });
  });
  after(async () => {
    process.stdout.write(table.map((line) => `  ${line}\n`).join(''));
    await server.stop();
  });

  for (const library of ROTATED) {
    for (const metadata of Object.keys(STEPS) as Metadata[]) {
      it(`fails only logins without a trusted certificate: ${library}, our metadata with ${metadata}, ${LOGINS} logins, one every ${EVERY_MS} ms`, async function () {
        this.timeout(30_000 + LOGINS * EVERY_MS * 3);
        const logins = await rotate(library, metadata);
        const failed = logins.filter(({ reason }) => reason !== undefined);
        const between = logins.filter(({ phases }) => phases.every((each) => each === 'activated'));
        table.push(told(library, metadata, logins));
        assert.equal(logins.length, LOGINS);
        assert.ok(between.length > 0);
        if (metadata === 'both certificates') {
          assert.deepEqual(failed, [], 'not one login fails');
          return;
        }
        for (const { phases, trusted, reason } of logins) {
          const [from, to] = phases;
          assert.equal(reason === undefined, trusted, phases.join(' – '));
          // During a step either result is right: the certificate of the response was checked above.
          if (from === to && from !== '…') assert.equal(reason === undefined, from !== 'activated', from);
        }
        assert.ok(
          failed.every(({ reason }) => /signature|certificate/i.test(reason ?? '')),
          failed[0]?.reason,
        );
      });
    }
  }

  async function rotate(library: Library, metadata: Metadata): Promise<Login[]> {
    const key = `${library.replace(/\W/g, '')}-${metadata.split(' ')[0]}`;
    const host = `https://${key}.example`;
    await api(server, 'POST', 'applications', {
      ...{ key, displayName: key, signing: SIGNING },
      serviceProvider: { entityId: `${host}/saml`, acsUrls: [`${host}/acs`] },
      metadataCertificates: metadata === 'both certificates' ? 'all' : 'active',
    });
    await api(server, 'PUT', `applications/${key}/assignments`, { users: ['ana@example.com'] });
    const target = await targetOf(server, key);
    const sp = LIBRARIES[library](target);
    const certificates = certificatesOf(server, key);
    const browser = server.browser();
    await signIn(browser, 'ana@example.com', 'correct-Horse-7');

    let known: string[] = [];
    const update = async () => {
      const { body } = await browser.get(target.metadataPath);
      known = certificatesIn(body);
      await sp.update(body);
    };
    await update();
    let next = '';
    const [{ id: old } = { id: '' }] = await certificates.list();
    const does: Partial<Record<Phase, () => Promise<unknown>>> = {
      generated: async () => (next = (await certificates.add()).id),
      activated: () => certificates.activate(next),
      updated: update,
      deleted: () => certificates.delete(old),
    };
    let phase: Phase = 'before';
    const step = async (to: Phase) => {
      phase = '…';
      await does[to]?.();
      phase = to;
    };

    const logins: Login[] = [];
    let steps: Promise<void> = Promise.resolve();
    for await (const _tick of setInterval(EVERY_MS)) {
      const due = STEPS[metadata].find(([, part]) => Math.round(part * LOGINS) === logins.length);
      // The step isn't awaited: users go on signing in during it.
      if (due) steps = steps.then(() => step(due[0]));
      const from = phase;
      const made = await signOn(sp, browser, (certificate) => known.includes(certificate));
      logins.push({ phases: [from, phase], ...made });
      if (logins.length === LOGINS) break;
    }
    await steps;
    const [only, ...others] = await certificates.list();
    assert.deepEqual([only?.id, only?.status, others.length], [next, 'ACTIVE', 0]);
    assert.ok(known.includes(base64Of(only?.certificatePem ?? '')));
    return logins;
  }

  async function signOn(
    sp: ServiceProvider,
    browser: Browserless,
    knows: (certificate: string) => boolean,
  ): Promise<Omit<Login, 'phases'>> {
    const { id, url } = await sp.request();
    const { pathname, search } = new URL(url);
    const page = await browser.get(pathname + search, { site: 'cross-site', followRedirects: true });
    const { samlResponse } = deliveryOf(page);
    // Whether the library trusts the certificate when it begins to check the response.
    const trusted = knows(carriedIn(Buffer.from(samlResponse, 'base64').toString()));
    try {
      assert.equal(await sp.validate(samlResponse, id), 'ana@example.com');
      return { trusted, reason: undefined };
    } catch (error) {
      return { trusted, reason: error instanceof Error ? error.message : String(error) };
    }
  }
});

/** `samlify, metadata with the active one: 300 logins, 90 failed (between activation and update), “…”`. */
function told(library: string, metadata: string, logins: readonly Login[]): string {
  const failed = logins.filter(({ reason }) => reason !== undefined);
  const byPhase = new Map<string, number>();
  for (const { phases } of failed) {
    const name = [...new Set(phases)].join('–');
    byPhase.set(name, (byPhase.get(name) ?? 0) + 1);
  }
  const where = [...byPhase].map(([name, count]) => `${count} once ${name}`).join(', ');
  const reasons = [...new Set(failed.map(({ reason }) => `“${reason}”`))].join(', ');
  const outcome = failed.length === 0 ? 'none failed' : `${failed.length} failed (${where}): ${reasons}`;
  return `${library}, metadata with ${metadata}: ${logins.length} logins, ${outcome}`;
}
