import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { simpleSamlPhpFolder } from '../../../scripts/debian.mjs';
import { samlFixture } from '../saml/keys.ts';
import { freePort, startLocalServer } from './local-server.ts';
import { metadataForBinding } from './metadata-for-binding.ts';
import { REQUESTER, type ServiceProvider, type ServiceProviderSetup } from './service-provider.ts';
import { Visits } from './visits.ts';

const PHP = '/usr/bin/php';

const believed = z.object({
  nameId: z.string(),
  nameIdFormat: z.string().nullable(),
  sessionIndex: z.string().nullable(),
  inResponseTo: z.string().nullable(),
  attributes: z.record(z.string(), z.array(z.string())),
});

/** SimpleSAMLphp in PHP's built-in web server. One server holds any number of service providers. */
export interface SimpleSamlPhp {
  /** The addresses of the service provider with this number. */
  place(number: number): { entityId: string; acsUrl: string; relayState: string };
  serviceProvider(setup: ServiceProviderSetup): ServiceProvider;
  stop(): Promise<void>;
}

/** Starts the server. The result has the reason when it can't run on this machine. */
export async function startSimpleSamlPhp(): Promise<SimpleSamlPhp | { readonly missing: string }> {
  const share = simpleSamlPhpFolder();
  if (share === undefined) return { missing: 'simplesamlphp is not installed' };
  if (!existsSync(PHP)) return { missing: 'php-cli is not installed' };
  const hasXml = spawnSync(PHP, ['-r', 'exit(class_exists("DOMDocument") ? 0 : 1);']).status === 0;
  if (!hasXml) return { missing: 'php-xml is not installed' };

  const folder = await mkdtemp(join(tmpdir(), 'vestibule-simplesamlphp-'));
  const file = (...names: string[]) => join(folder, ...names);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  await layOut(file, share, port);
  const server = await startLocalServer(
    PHP,
    [
      ...['-d', `session.save_path=${file('sessions')}`, '-d', 'display_errors=stderr'],
      // Debian's version is older than its PHP and causes deprecation notices.
      ...['-d', 'error_reporting=0', '-S', `127.0.0.1:${port}`, '-t', file('www')],
    ],
    { port, env: { SIMPLESAMLPHP: share, SIMPLESAMLPHP_CONFIG_DIR: file('config') } },
  );
  const sources: Record<string, object> = {};
  const nameOf = ({ acsUrl }: ServiceProviderSetup) => new URL(acsUrl).pathname.split('/').at(-1) ?? '';

  return {
    place(number) {
      return {
        entityId: `${origin}/sp${number}`,
        acsUrl: `${origin}/simplesaml/module.php/saml/sp/saml2-acs.php/sp${number}`,
        // It redirects only to hosts that it knows.
        relayState: `${origin}/page.php/sp${number}?view=all&sort=%2B1+x&name=zo%C3%AB%22quoted%22%3Cb%3E&100%25-and-so-on-for-much-longer-than-eighty-bytes`,
      };
    },
    serviceProvider(setup) {
      const name = nameOf(setup);
      const visits = new Visits(origin);
      return {
        async registration() {
          sources[name] = sourceOf(setup);
          await writeFile(file('config', 'authsources.json'), JSON.stringify(sources));
          const { status, body } = await visits.read(`/simplesaml/module.php/saml/sp/metadata.php/${name}`);
          if (status !== 200) throw new Error(`SimpleSAMLphp’s metadata: ${status} ${body}`);
          return { metadataXml: body };
        },
        async trust({ entityId, metadataXml }) {
          sources[name] = { ...sourceOf(setup), idp: entityId };
          await writeFile(file('config', 'authsources.json'), JSON.stringify(sources));
          await writeFile(file('metadata', `${name}.xml`), metadataForBinding(setup.binding, metadataXml));
        },
        request(binding, relayState, wishes = {}) {
          const query = { to: relayState, wishes: JSON.stringify(wishes), requester: REQUESTER };
          return visits.ask(`/page.php/${name}?${new URLSearchParams(query).toString()}`, binding);
        },
        async validate(samlResponse, requestId, relayState = '') {
          const fields = { SAMLResponse: samlResponse, RelayState: relayState };
          const page = await visits.bring(requestId, setup.acsUrl, fields);
          const { nameIdFormat, sessionIndex, inResponseTo, ...rest } = believed.parse(JSON.parse(page.body));
          // It treats a response to an unknown request as an unsolicited one.
          if ((inResponseTo ?? undefined) !== requestId)
            throw new Error(`The response is to ${inResponseTo}, not ${requestId}.`);
          return {
            ...rest,
            nameIdFormat: nameIdFormat ?? undefined,
            sessionIndex: sessionIndex ?? undefined,
            inResponseTo: inResponseTo ?? undefined,
            relayState: origin + page.path,
          };
        },
      };
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The entry of a service provider in its authsources. */
function sourceOf({ entityId, signing, signsRequests, nameIdFormat }: ServiceProviderSetup): object {
  return {
    ...{ 0: 'saml:SP', entityID: entityId },
    ...{ privatekey: 'sp-key.pem', certificate: 'sp-cert.pem' },
    'acs.Bindings': ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'],
    'sign.authnrequest': signsRequests,
    WantAssertionsSigned: signing.assertion,
    ...(nameIdFormat !== undefined && { NameIDPolicy: { Format: nameIdFormat, AllowCreate: true } }),
  };
}

/**
 * Writes its configuration and the pages that PHP serves. Later changes are written as JSON, which the PHP files read.
 */
async function layOut(file: (...names: string[]) => string, share: string, port: number): Promise<void> {
  for (const name of ['config', 'metadata', 'certs', 'data', 'temp', 'log', 'sessions', 'www'])
    await mkdir(file(name));
  await symlink(join(share, 'www'), file('www', 'simplesaml'));
  await copyFile(join(import.meta.dirname, 'simplesamlphp.php'), file('www', 'page.php'));
  for (const name of ['sp-key.pem', 'sp-cert.pem']) await writeFile(file('certs', name), samlFixture(name));
  const config = {
    ...{ baseurlpath: `http://localhost:${port}/simplesaml/`, timezone: 'UTC' },
    ...{ certdir: file('certs/'), loggingdir: file('log/'), datadir: file('data/'), tempdir: file('temp') },
    ...{ metadatadir: file('metadata/'), 'logging.handler': 'file', showerrors: true, errorreporting: false },
    ...{ secretsalt: 'the salt of the tests', 'auth.adminpassword': 'nobody’s', 'store.type': 'phpsession' },
    ...{ 'session.cookie.secure': false, 'session.cookie.samesite': null },
    'trusted.url.domains': [`localhost:${port}`],
  };
  await writeFile(file('config', 'config.json'), JSON.stringify(config));
  await writeFile(file('config', 'authsources.json'), '{}');
  const read = (name: string) => `json_decode(file_get_contents(__DIR__ . '/${name}.json'), true)`;
  await writeFile(
    file('config', 'config.php'),
    `<?php
$config = ${read('config')};
$config['metadata.sources'] = array_map(
    function ($file) { return ['type' => 'xml', 'file' => $file]; },
    glob($config['metadatadir'] . '*.xml')
);
`,
  );
  await writeFile(file('config', 'authsources.php'), `<?php\n$config = ${read('authsources')};\n`);
}
