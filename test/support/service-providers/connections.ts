import assert from 'node:assert/strict';
import { z } from 'zod';
import { issueSelfSigned } from '../../../src/domain/certificates/self-signed.ts';
import { randomIds } from '../../../src/foundation/platform/ids.ts';
import { fixedKeyPair } from '../saml/keys.ts';
import { API_TOKEN, startServer, type TestServer } from '../servers/server.ts';
import { LIBRARIES, nowhere, type Library, type Place, type Running } from './libraries.ts';
import { formatUri, NAME_IDS, SIGNING, type Case } from './matrix.ts';
import type { IdentityProviderToTrust, ServiceProvider } from './service-provider.ts';

export const ZOE = { userName: 'zoe@example.com', password: 'correct-Horse-7' };
export const ZOE_NAME = 'Zoë “Zo” O’Neil & <Søn> 日本 😀';

const ORGANIZATION = `
version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {alias: demo, region: us-east-1}
settings: {signIn: {passwordHashCost: 4}}
groups: [{displayName: "R&D <core>"}, {displayName: Ärzte}]
users:
  - {userName: ${ZOE.userName}, password: ${ZOE.password}, email: ${ZOE.userName}, givenName: Zoë, familyName: "O’Neil & <Søn>", displayName: ${ZOE_NAME}, groups: ["R&D <core>", Ärzte]}
`;

/** A service provider and our application, configured for each other. */
export interface Connection extends Place {
  readonly sp: ServiceProvider;
  readonly key: string;
  readonly ssoPath: string;
  /** Our data that the service provider was configured with. */
  readonly identityProvider: IdentityProviderToTrust;
}

/** One of our servers, and every library that can run on this machine. */
export interface Bench {
  readonly server: TestServer;
  /** The ids that `${user:groups}` sends for groups. */
  readonly groupIds: readonly string[];
  /** The reason why a library can't run on this machine. */
  missing(library: Library): string | undefined;
  /** Configures both sides: we get the service provider's metadata, and it gets ours. */
  connect(each: Case): Promise<Connection>;
  /** The NameID of Zoë in the next response to the application, without a sign-on. */
  nameIdOf(connection: Connection): Promise<string>;
  pathOf(url: string): string;
  stop(): Promise<void>;
}

const applicationView = z.object({
  entityId: z.string(),
  metadataUrl: z.string(),
  ssoUrl: z.string(),
  certificateUrl: z.string(),
  serviceProvider: z.object({ authnRequestsSigned: z.boolean() }),
});

export async function startBench(): Promise<Bench> {
  const [server, ...started] = await Promise.all([
    startServer({ organization: ORGANIZATION }),
    ...LIBRARIES.map((library) => library.start()),
  ]);
  const running = new Map(LIBRARIES.map((library, index) => [library, started[index]]));
  const send = async (method: string, path: string, json: unknown) => {
    const answer = await server.browser().send(method, `/api/v1/organizations/default/${path}`, {
      json,
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });
    assert.ok(answer.status < 300, `${answer.status} ${answer.body}`);
    return JSON.parse(answer.body) as unknown;
  };
  const groups = z
    .object({ items: z.array(z.object({ id: z.string() })) })
    .parse(await send('GET', 'groups', undefined));
  const brought = await sha1Certificate(server.clock.now());
  let count = 0;

  /**
   * Creates the application. A case with SHA-1 gets another certificate, alternately one that an administrator brings
   * along and a generated one.
   */
  const declare = async (each: Case, key: string, declared: object) => {
    await send('POST', 'applications', declared);
    if (each.algorithm === 'SHA-1') {
      const certificates = `applications/${key}/certificates`;
      const wanted = count % 2 === 0 ? brought : { keySize: 2048, validityMonths: 36 };
      const made = await send('POST', certificates, { ...wanted, algorithm: 'SHA-1' });
      const { id } = z.object({ id: z.string() }).parse(made);
      await send('POST', `${certificates}/${id}/activate`, { acknowledged: true });
    }
    return applicationView.parse(await send('GET', `applications/${key}`, undefined));
  };
  const pathOf = (url: string) => {
    const { origin, pathname, search } = new URL(url);
    assert.equal(origin, server.publicUrl.origin);
    return pathname + search;
  };
  const read = async (url: string) => {
    const { status, body } = await server.browser().get(pathOf(url));
    assert.equal(status, 200);
    return body;
  };

  return {
    server,
    groupIds: groups.items.map(({ id }) => id),
    missing(library) {
      const found = running.get(library);
      return found && 'missing' in found ? found.missing : undefined;
    },
    async connect(each) {
      const product = runningOf(running.get(each.library));
      const number = (count += 1);
      const key = `sp${number}`;
      const place = product.place?.(number) ?? nowhere(number);
      const signing = SIGNING[each.signed];
      const { mapping } = NAME_IDS[each.nameId];
      const signsRequests = each.way.endsWith('signed');
      const sp = product.serviceProvider({
        ...{ entityId: place.entityId, acsUrl: place.acsUrl, signing, signsRequests },
        binding: each.way.startsWith('post') ? 'post' : 'redirect',
        nameIdFormat: formatUri(each.nameId),
      });
      const application = await declare(each, key, {
        ...{ key, displayName: `${each.library.name} ${number}`, signing, relayState: place.relayState },
        serviceProvider: await sp.registration(),
        subject: { ...(mapping !== undefined && { value: mapping }), format: each.nameId },
        attributes: [
          { name: 'email', value: '${user:email}' },
          { name: 'name', value: '${user:name}', format: 'basic' },
          { name: 'groups', value: '${user:groups}' },
        ],
      });
      assert.equal(application.serviceProvider.authnRequestsSigned, signsRequests);
      await send('PUT', `applications/${key}/assignments`, { groups: ['Ärzte'] });
      const { entityId, ssoUrl, metadataUrl, certificateUrl } = application;
      const [metadataXml, certificatePem] = await Promise.all([read(metadataUrl), read(certificateUrl)]);
      const identityProvider = { entityId, ssoUrl, metadataXml, certificatePem };
      await sp.trust(identityProvider);
      return { ...place, sp, key, ssoPath: pathOf(ssoUrl), identityProvider };
    },
    async nameIdOf({ key }) {
      const answer = await send('POST', `applications/${key}/responses`, { user: ZOE.userName });
      const { samlResponse } = z.object({ samlResponse: z.string() }).parse(answer);
      const xml = Buffer.from(samlResponse, 'base64').toString();
      return /<saml:NameID [^>]*>([^<]*)</.exec(xml)?.[1] ?? '';
    },
    pathOf,
    async stop() {
      await Promise.all([
        server.stop(),
        ...started.map((each) => ('missing' in each ? undefined : each.stop?.())),
      ]);
    },
  };
}

function runningOf(found: Running | { readonly missing: string } | undefined): Running {
  if (!found || 'missing' in found) throw new Error(found?.missing ?? 'It was never started.');
  return found;
}

/** A SHA-1 certificate that an administrator brings along with its key. */
async function sha1Certificate(now: number) {
  const keyPair = fixedKeyPair('idp');
  const { certificatePem } = await issueSelfSigned({
    ...{ keyPair, commonName: 'The old days', organizationalUnit: 'Tests', ids: randomIds },
    ...{ validFromAt: now - 86_400_000, algorithm: 'SHA-1' },
  });
  return { certificatePem, privateKeyPem: keyPair.privateKeyPem };
}
