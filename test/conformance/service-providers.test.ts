import assert from 'node:assert/strict';
import { z } from 'zod';
import { formOf, textOf, type Answer, type Browserless } from '../support/browserless.ts';
import { deliveryOf } from '../support/delivery.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../support/server.ts';
import { nodeSaml } from '../support/service-providers/node-saml.ts';
import { startPysaml2, type Pysaml2 } from '../support/service-providers/pysaml2.ts';
import { saml2js } from '../support/service-providers/saml2-js.ts';
import { samlifyServiceProvider } from '../support/service-providers/samlify.ts';
import type { ServiceProvider, ServiceProviderSetup } from '../support/service-providers/service-provider.ts';
import { skipAloud } from '../support/skip.ts';

const ORGANIZATION = `
version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {alias: demo, region: us-east-1}
settings: {signIn: {passwordHashCost: 4}}
groups: [{displayName: "R&D <core>"}, {displayName: Ärzte}]
users:
  - {userName: zoe@example.com, password: correct-Horse-7, email: zoe@example.com, givenName: Zoë, familyName: "O’Neil & <Søn>", displayName: "Zoë “Zo” O’Neil & <Søn> 日本 😀", groups: ["R&D <core>", Ärzte]}
`;
const NAME_ID_FORMAT = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const ATTRIBUTES = {
  email: ['zoe@example.com'],
  name: ['Zoë “Zo” O’Neil & <Søn> 日本 😀'],
};
/**
 * Longer than the standard's 80 bytes, with much that encodings stumble over. No space: node-saml signs it as %20 and
 * sends a plus sign, so that its signature is over other octets than those sent.
 */
const RELAY_STATE =
  '/reports/2026?view=all&sort=%2B1+x#zoë"quoted"<b>&100%—and-so-on-for-much-longer-than-eighty-bytes';

const SIGNING = {
  both: { response: true, assertion: true },
  response: { response: true, assertion: false },
  assertion: { response: false, assertion: true },
} as const;
type Signed = keyof typeof SIGNING;
const SIGNED: readonly Signed[] = ['both', 'response', 'assertion'];

type Flow = 'redirect' | 'post' | 'idp';
const FLOWS: Readonly<Record<Flow, { binding: string; initiatedBy: string }>> = {
  redirect: { binding: 'HTTP-Redirect', initiatedBy: 'service provider' },
  post: { binding: 'HTTP-POST', initiatedBy: 'service provider' },
  idp: { binding: '—', initiatedBy: 'identity provider' },
};

interface Library {
  name: string;
  /** How it can send signed requests. */
  signs: readonly Flow[];
  make(setup: ServiceProviderSetup): ServiceProvider;
}

interface Case {
  library: Library;
  flow: Flow;
  signed: Signed;
  signsRequests: boolean;
}

interface Connected {
  sp: ServiceProvider;
  acsUrl: string;
  ssoPath: string;
}

const view = z.object({
  entityId: z.string(),
  metadataUrl: z.string(),
  ssoUrl: z.string(),
  certificateUrl: z.string(),
  serviceProvider: z.object({ authnRequestsSigned: z.boolean() }),
});

describe('service providers that we didn’t write', () => {
  let server: TestServer;
  let python: Pysaml2 | { readonly missing: string } = { missing: 'it was not started' };
  const connections = new Map<string, Promise<Connected>>();
  const table: string[][] = [];
  /** What `${user:groups}` tells of groups. */
  let groupIds: string[] = [];

  const libraries: Library[] = [
    { name: '@node-saml/node-saml', signs: ['redirect', 'post'], make: nodeSaml },
    // By HTTP-POST it puts its signature where the schema has no place for one.
    { name: 'saml2-js', signs: ['redirect'], make: saml2js },
    {
      name: 'pysaml2 + xmlsec1',
      signs: ['redirect', 'post'],
      make(setup) {
        if ('missing' in python) throw new Error(python.missing);
        return python.serviceProvider(setup);
      },
    },
    { name: 'samlify', signs: ['redirect', 'post'], make: samlifyServiceProvider },
  ];

  before(async function () {
    this.timeout(60_000); // the keys of the first run
    [server, python] = await Promise.all([startServer({ organization: ORGANIZATION }), startPysaml2()]);
    const { items } = z
      .object({ items: z.array(z.object({ id: z.string() })) })
      .parse(await api('GET', 'groups'));
    groupIds = items.map(({ id }) => id);
    assert.equal(groupIds.length, 2);
  });
  after(async () => {
    printTable(table);
    if (!('missing' in python)) await python.stop();
    await server.stop();
  });

  for (const each of cases(libraries)) {
    it(title(each), async function () {
      this.timeout(20_000);
      if (each.library.name.startsWith('pysaml2') && 'missing' in python) skipAloud(this, python.missing);
      const connected = await connect(each);
      const requestId = await signOn(each, connected);
      table.push([...row(each), 'ok']);
      if (each.flow !== 'idp') assert.match(requestId ?? '', /^[A-Za-z_]/);
    });
  }

  /** Sets both sides up: the service provider's metadata comes to us, ours goes to it. */
  function connect(each: Case): Promise<Connected> {
    const key = `${each.library.name} ${each.signed} ${String(each.signsRequests)}`;
    const connection = connections.get(key) ?? establish(each, connections.size + 1);
    connections.set(key, connection);
    return connection;
  }

  async function establish({ library, signed, signsRequests }: Case, number: number): Promise<Connected> {
    const host = `https://sp${number}.example`;
    const acsUrl = `${host}/saml/acs`;
    const signing = SIGNING[signed];
    const sp = library.make({ entityId: `${host}/saml/metadata`, acsUrl, signing, signsRequests });
    const application = view.parse(
      await api('POST', 'applications', {
        key: `sp${number}`,
        displayName: `${library.name} ${number}`,
        serviceProvider: await sp.registration(),
        signing,
        relayState: RELAY_STATE,
        attributes: [
          { name: 'email', value: '${user:email}' },
          { name: 'name', value: '${user:name}', format: 'basic' },
          { name: 'groups', value: '${user:groups}' },
        ],
      }),
    );
    if (signsRequests)
      assert.ok(application.serviceProvider.authnRequestsSigned, 'unsigned requests are refused');
    await api('PUT', `applications/sp${number}/assignments`, { groups: ['Ärzte'] });
    const { entityId, ssoUrl, metadataUrl, certificateUrl } = application;
    const [metadataXml, certificatePem] = await Promise.all([read(metadataUrl), read(certificateUrl)]);
    await sp.trust({ entityId, ssoUrl, metadataXml, certificatePem });
    return { sp, acsUrl, ssoPath: pathOf(ssoUrl) };
  }

  async function read(url: string): Promise<string> {
    const { status, body } = await server.browser().get(pathOf(url));
    assert.equal(status, 200);
    return body;
  }

  async function api(method: string, path: string, json?: object): Promise<unknown> {
    const answer = await server.browser().send(method, `/api/v1/organizations/default/${path}`, {
      json,
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });
    assert.ok(answer.status < 300, `${answer.status} ${answer.body}`);
    return JSON.parse(answer.body) as unknown;
  }

  function pathOf(url: string): string {
    const { origin, pathname, search } = new URL(url);
    assert.equal(origin, server.publicUrl.origin);
    return pathname + search;
  }

  /** From the first click to what the service provider believes, and to what it mustn't. */
  async function signOn(
    { flow, signed }: Case,
    { sp, acsUrl, ssoPath }: Connected,
  ): Promise<string | undefined> {
    const browser = server.browser();
    const made = flow === 'idp' ? undefined : await sp.request(flow, RELAY_STATE);
    const page = made ? await answerTo(browser, made) : await openTile(browser, ssoPath);
    const { action, relayState, samlResponse } = deliveryOf(page);
    assert.equal(action, acsUrl);
    assert.equal(relayState, RELAY_STATE);

    const believed = await sp.validate(samlResponse, made?.id);
    assert.equal(believed.nameId, 'zoe@example.com');
    assert.ok([NAME_ID_FORMAT, undefined].includes(believed.nameIdFormat));
    assert.match(believed.sessionIndex ?? '', /^_/);
    assert.deepEqual(sorted(believed.attributes), sorted({ ...ATTRIBUTES, groups: groupIds }));

    const xml = Buffer.from(samlResponse, 'base64').toString();
    checkSent(xml, { acsUrl, signed, inResponseTo: made?.id });
    const forged = Buffer.from(
      xml.replace('>zoe@example.com</saml:NameID>', '>eve@example.com</saml:NameID>'),
    );
    assert.notEqual(forged.toString(), xml);
    await assert.rejects(sp.validate(forged.toString('base64'), made?.id), 'a forged subject is refused');
    if (made)
      await assert.rejects(sp.validate(samlResponse, '_another-request'), 'an answer to nobody is refused');
    return made?.id;
  }

  /** Follows the service provider's redirect or posts its form, then signs in. */
  async function answerTo(
    browser: Browserless,
    made: Awaited<ReturnType<ServiceProvider['request']>>,
  ): Promise<Answer> {
    if (made.binding === 'redirect') {
      return authenticate(
        browser,
        await browser.get(pathOf(made.url), { site: 'cross-site', followRedirects: true }),
      );
    }
    const { action, fields } = formOf({
      status: 200,
      headers: new Map(),
      setCookies: [],
      location: '',
      body: made.html,
    });
    const sent = await browser.post(pathOf(action), fields, { site: 'cross-site' });
    assert.equal(sent.status, 303, textOf(sent));
    return authenticate(browser, await browser.get(sent.location ?? '', { followRedirects: true }));
  }

  async function authenticate(browser: Browserless, identify: Answer): Promise<Answer> {
    const asked = await browser.submit(identify, { username: 'zoe@example.com' }, { followRedirects: true });
    return browser.submit(asked, { password: 'correct-Horse-7' }, { followRedirects: true });
  }

  async function openTile(browser: Browserless, ssoPath: string): Promise<Answer> {
    const portal = await signIn(browser, 'zoe@example.com', 'correct-Horse-7');
    assert.ok(portal.body.includes(ssoPath), 'the tile leads there');
    return browser.get(ssoPath, { site: 'same-origin' });
  }
});

/** Every combination; without CONFORMANCE=full each library once by each way, so that each signing is met. */
function cases(libraries: Library[]): Case[] {
  const flows = Object.keys(FLOWS) as Flow[];
  const all = libraries.flatMap((library) =>
    flows.flatMap((flow) =>
      SIGNED.flatMap((signed): Case[] => [
        { library, flow, signed, signsRequests: false },
        ...(signed !== 'both' || !library.signs.includes(flow)
          ? []
          : [{ library, flow, signed, signsRequests: true }]),
      ]),
    ),
  );
  if (process.env['CONFORMANCE'] !== 'sample') return all;
  return all.filter(
    ({ library, flow, signed, signsRequests }) =>
      !signsRequests && SIGNED[(libraries.indexOf(library) + flows.indexOf(flow)) % SIGNED.length] === signed,
  );
}

function row({ library, flow, signed, signsRequests }: Case): string[] {
  const { binding, initiatedBy } = FLOWS[flow];
  return [
    library.name,
    binding,
    initiatedBy,
    signsRequests ? 'signed' : flow === 'idp' ? '—' : 'unsigned',
    signed,
  ];
}

function title(each: Case): string {
  const [name = '', binding = '', initiatedBy = '', request = '', signed = ''] = row(each);
  const how = each.flow === 'idp' ? 'asked for nothing' : `${request} request by ${binding}`;
  return `${name}: initiated by the ${initiatedBy}, ${how}, signed: ${signed}`;
}

/** What not every library compares, on the text itself. */
function checkSent(
  xml: string,
  { acsUrl, signed, inResponseTo }: { acsUrl: string; signed: Signed; inResponseTo: string | undefined },
): void {
  const values = (name: string) =>
    [...xml.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value]) => value);
  assert.deepEqual(values('Destination'), [acsUrl]);
  assert.deepEqual(values('Recipient'), [acsUrl]);
  assert.deepEqual(values('InResponseTo'), inResponseTo === undefined ? [] : [inResponseTo, inResponseTo]);
  assert.equal(xml.split('<ds:Signature ').length - 1, signed === 'both' ? 2 : 1);
}

function sorted(attributes: Readonly<Record<string, readonly string[]>>): [string, string[]][] {
  return Object.entries(attributes)
    .map(([name, values]): [string, string[]] => [name, [...values].sort()])
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function printTable(rows: string[][]): void {
  if (rows.length === 0) return;
  const head = ['service provider', 'binding', 'initiated by', 'request', 'signed', 'result'];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)));
  const lines = all.map(
    (cells) => `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`,
  );
  process.stdout.write(`${lines.map((line) => line.trimEnd()).join('\n')}\n`);
}
