import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { escapeAttribute } from '../../../src/protocols/saml/xml/escape.ts';
import { Browserless } from '../servers/browserless.ts';
import { samlFixture } from '../saml/keys.ts';
import { freePort, startLocalServer } from './local-server.ts';
import { httpdConf, locationConf } from './mellon-conf.ts';
import { metadataForBinding } from './metadata-for-binding.ts';
import {
  trusting,
  type Believed,
  type IdentityProviderToTrust,
  type ServiceProvider,
  type ServiceProviderSetup,
} from './service-provider.ts';
import { Visits } from './visits.ts';

const APACHE = '/usr/sbin/apache2';
const MODULE = '/usr/lib/apache2/modules/mod_auth_mellon.so';
const RELOAD_MS = 10_000;
/** The protected page: a program that prints what Apache reports about the person. */
const PAGE = `#!/bin/sh
printf 'Content-Type: application/octet-stream\\r\\n\\r\\n'
exec env -0
`;

/** mod_auth_mellon with Debian's Apache, based on lasso. One server holds any number of service providers. */
export interface Mellon {
  /** The addresses of the service provider with this number. */
  place(number: number): { entityId: string; acsUrl: string; relayState: string };
  serviceProvider(setup: ServiceProviderSetup): ServiceProvider;
  stop(): Promise<void>;
}

/** Starts the server. The result has the reason when it can't run on this machine. */
export async function startMellon(): Promise<Mellon | { readonly missing: string }> {
  if (!existsSync(APACHE)) return { missing: 'apache2-bin is not installed' };
  if (!existsSync(MODULE)) return { missing: 'libapache2-mod-auth-mellon is not installed' };
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-mellon-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const file = (name: string) => join(folder, name);
  await writeFile(file('page'), PAGE);
  // When Apache is started by root, its workers run as another user, who needs access whatever our umask is.
  await Promise.all([folder, file('page')].map((each) => chmod(each, 0o755)));
  await writeFile(file('sp-key.pem'), samlFixture('sp-key.pem'));
  await writeFile(file('sp-cert.pem'), samlFixture('sp-cert.pem'));

  const locations = new Map<string, string>();
  let generation = 0;
  const configure = () =>
    writeFile(
      file('httpd.conf'),
      httpdConf({ folder, port, generation: (generation += 1), locations: [...locations.values()] }),
    );
  await configure();
  const server = await startLocalServer(APACHE, ['-f', file('httpd.conf'), '-DFOREGROUND'], {
    port,
    env: {},
  });
  /**
   * Makes the server read its configuration again. It listens all the time, so that no other process takes its port.
   * Old workers may answer for a moment, and report the number of their configuration.
   */
  const reconfigure = async () => {
    await configure();
    server.signal('SIGHUP');
    const until = performance.now() + RELOAD_MS;
    while ((await generationOf(origin)) !== generation) {
      if (performance.now() > until) throw new Error('Apache doesn’t read its configuration again.');
      await pause(10);
    }
  };
  const lengthOfLog = async () => (await readFile(file('error.log'), 'utf8')).length;

  return {
    place(number) {
      const base = `${origin}/sp${number}`;
      // It redirects only to its own addresses.
      const relayState = `${base}/page?view=all&sort=%2B1+x&name=zo%C3%AB%22quoted%22%3Cb%3E&100%25-and-so-on-for-much-longer-than-eighty-bytes`;
      return { entityId: `${base}/mellon/metadata`, acsUrl: `${base}/mellon/postResponse`, relayState };
    },
    serviceProvider(setup) {
      const name = new URL(setup.acsUrl).pathname.split('/')[1] ?? '';
      const visits = new Visits(origin);
      const { trust, trusted } = trusting<IdentityProviderToTrust>();
      return {
        registration: () => Promise.resolve({ metadataXml: metadataOf(setup) }),
        async trust(identityProvider) {
          await trust(identityProvider);
          await writeFile(file(`${name}.xml`), metadataOf(setup));
          await writeFile(
            file(`${name}-idp.xml`),
            metadataForBinding(setup.binding, identityProvider.metadataXml),
          );
          locations.set(name, locationConf(folder, name));
          await reconfigure();
        },
        async request(binding, relayState, wishes = {}) {
          const query = new URLSearchParams({ ReturnTo: relayState, IdP: trusted().entityId });
          if (wishes.isPassive) query.set('IsPassive', 'true');
          return visits.ask(`/${name}/mellon/login?${query.toString()}`, binding);
        },
        async validate(samlResponse, requestId, relayState = '') {
          const { acsUrl } = setup;
          const fields = { SAMLResponse: samlResponse, RelayState: relayState };
          const logged = await lengthOfLog();
          try {
            const page = await visits.bring(requestId, acsUrl, fields);
            return believedFrom(page.body, origin + page.path, requestId);
          } catch (cause) {
            // Its page shows no reason, but its log does.
            const log = (await readFile(file('error.log'), 'utf8')).slice(logged).trim();
            throw new Error(`${cause instanceof Error ? cause.message : String(cause)} ${log}`, { cause });
          }
        },
      };
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The number of the configuration that the server uses; undefined while it has no workers. */
async function generationOf(origin: string): Promise<number | undefined> {
  try {
    const { location } = await new Browserless(new URL(origin)).get('/generation');
    return Number(/-(\d+)$/.exec(location ?? '')?.[1]);
  } catch {
    return undefined;
  }
}

const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

/**
 * Generates metadata. The module does so only when it has none, and then lists no formats; administrators write their
 * own.
 */
function metadataOf({
  entityId,
  acsUrl,
  signing,
  signsRequests,
  nameIdFormat,
}: ServiceProviderSetup): string {
  const certificate = samlFixture('sp-cert.pem').replace(/-----[A-Z ]+-----|\s/g, '');
  return (
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escapeAttribute(entityId)}">` +
    `<SPSSODescriptor AuthnRequestsSigned="${String(signsRequests)}" WantAssertionsSigned="${String(signing.assertion)}" protocolSupportEnumeration="${PROTOCOL}">` +
    `<KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>` +
    (nameIdFormat === undefined ? '' : `<NameIDFormat>${nameIdFormat}</NameIDFormat>`) +
    `<AssertionConsumerService index="0" isDefault="true" Binding="${POST}" Location="${escapeAttribute(acsUrl)}"/>` +
    `</SPSSODescriptor></EntityDescriptor>`
  );
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

const inResponse = (xml: string, pattern: RegExp): string | undefined => pattern.exec(xml)?.[1];

/** Reads the variables that Apache passed to the page, each of which ends with a zero octet. */
function believedFrom(body: string, url: string, requestId: string | undefined): Believed {
  const variables = new Map(
    body.split('\0').map((line): [string, string] => {
      const separator = line.indexOf('=');
      return [line.slice(0, separator), line.slice(separator + 1)];
    }),
  );
  const attributes: Record<string, string[]> = {};
  for (const [name, value] of variables) {
    const [, attribute] = /^MELLON_(\w+)_\d+$/.exec(name) ?? [];
    if (attribute === undefined || attribute === 'NAME_ID' || attribute === 'ASSERTION_ID') continue;
    // Attributes are passed with XML escapes.
    (attributes[attribute] ??= []).push(
      value.replace(/&(amp|lt|gt);/g, (_, name: string) => CHARACTERS[name] ?? ''),
    );
  }
  // The page must look up the format, the session's index and the request in the accepted response.
  const xml = Buffer.from(z.string().parse(variables.get('MELLON_SAML_RESPONSE')), 'base64').toString();
  const inResponseTo = inResponse(xml, /<(?:\w+:)?SubjectConfirmationData [^>]*InResponseTo="([^"]*)"/);
  if (inResponseTo !== requestId) throw new Error(`The response is to ${inResponseTo}, not ${requestId}.`);
  return {
    nameId: variables.get('MELLON_NAME_ID') ?? '',
    nameIdFormat: inResponse(xml, /<(?:\w+:)?NameID [^>]*Format="([^"]*)"/),
    sessionIndex: inResponse(xml, /SessionIndex="([^"]*)"/),
    inResponseTo,
    relayState: url,
    attributes,
  };
}
