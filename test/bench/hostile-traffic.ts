import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { deflateRawSync } from 'node:zlib';
import { Browserless, type Answer } from '../support/servers/browserless.ts';

/** What strangers can reach on the server under attack. */
export interface Victim {
  readonly publicUrl: URL;
  /** The path of an application's single sign-on address. */
  readonly ssoPath: string;
  /** The path of a sample's AssertionConsumerService. */
  readonly acsPath: string;
  /** The path of an instance's portal, such as `/demo`. */
  readonly instancePath: string;
}

/** How long a client keeps a connection that it uses badly. */
const HOLD_MS = 2000;

/** One attempt of each kind of hostile traffic, by name. Each comes from an address of its own. */
export const HOSTILE_TRAFFIC: Readonly<Record<string, (victim: Victim) => Promise<void>>> = {
  'requests sent ahead': (victim) => hold(victim, head('GET', '/api/v1/openapi.json', victim).repeat(500)),
  'answers not read': (victim) => hold(victim, head('GET', '/api', victim).repeat(4)),
  'half a request': (victim) => hold(victim, `GET / HTTP/1.1\r\nX-A: ${text(8000)}`),
  silence: (victim) => hold(victim, ''),
  'slow body': (victim) => hold(victim, head('POST', victim.acsPath, victim, 1_000_000) + text(60_000)),
  'huge headers': (victim) => hold(victim, `GET / HTTP/1.1\r\nX-A: ${text(50_000)}\r\n\r\n`),
  'no HTTP': (victim) => hold(victim, randomBytes(4000)),
  async 'XML by Redirect'({ publicUrl, ssoPath }) {
    const message = encodeURIComponent(deflateRawSync(hostileXml(4000)).toString('base64'));
    await stranger(publicUrl).get(`${ssoPath}?SAMLRequest=${message}&RelayState=${text(80)}`);
  },
  async 'XML by POST'({ publicUrl, ssoPath }) {
    const SAMLRequest = Buffer.from(hostileXml(30_000)).toString('base64');
    await stranger(publicUrl).post(ssoPath, { SAMLRequest, RelayState: text(80) });
  },
  async 'XML at a sample'({ publicUrl, acsPath }) {
    const SAMLResponse = Buffer.from(hostileXml(200_000)).toString('base64');
    await stranger(publicUrl).post(acsPath, { SAMLResponse });
  },
  async 'an unreadable message'({ publicUrl, ssoPath }) {
    await stranger(publicUrl).get(`${ssoPath}?SAMLRequest=${text(2000)}`);
  },
  async 'a wrong password'({ publicUrl, instancePath }) {
    const browser = stranger(publicUrl);
    const identify = await begin(browser, instancePath);
    const options = { followRedirects: true };
    const asked = await browser.submit(identify, { username: `${text(60)}@example.com` }, options);
    await browser.submit(asked, { password: text(20) }, options);
  },
  async 'a forgotten password'({ publicUrl, instancePath }) {
    const browser = stranger(publicUrl);
    await begin(browser, instancePath);
    const form = await browser.get(`${instancePath}/forgot-password`);
    await browser.submit(form, { username: text(60), captcha: text(6) });
  },
  async 'starts of sign-ins'({ publicUrl, instancePath }) {
    for (let count = 0; count < 5; count += 1) await begin(stranger(publicUrl), instancePath);
  },
  async 'unknown addresses'({ publicUrl }) {
    await stranger(publicUrl).get(`/${text(4000)}/start?${text(4000)}`);
  },
  async 'the API without a token'({ publicUrl }) {
    const headers = { authorization: `Bearer ${text(1000)}` };
    await stranger(publicUrl).send('PATCH', `/api/v1/organizations/${text(40)}/settings`, {
      ...{ headers, json: { [text(60)]: text(60_000) } },
    });
  },
  async 'large events'({ publicUrl, instancePath }) {
    const browser = stranger(publicUrl);
    const identify = await begin(browser, instancePath);
    const headers = { 'user-agent': text(8000) };
    await browser.submit(identify, { username: text(120) }, { headers, followRedirects: true });
  },
};

async function begin(browser: Browserless, instancePath: string): Promise<Answer> {
  return browser.get(`${instancePath}/start`, { followRedirects: true });
}

/** A browser at a new address, as the proxy in front of the server reports it. */
function stranger(publicUrl: URL): Browserless {
  const browser = new Browserless(publicUrl);
  const send = browser.send.bind(browser);
  const from = { 'x-forwarded-for': newAddress() };
  browser.send = (method, path, options) =>
    send(method, path, { ...options, headers: { ...options?.headers, ...from } });
  return browser;
}

const newAddress = (): string => [randomInt(1, 224), ...randomBytes(3)].join('.');

const text = (length: number): string => randomBytes(length).toString('hex').slice(0, length);

function head(method: string, path: string, { publicUrl }: Victim, length = 0): string {
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${publicUrl.host}`, `X-Forwarded-For: ${newAddress()}`];
  if (length > 0) lines.push(`Content-Length: ${length}`, 'Content-Type: application/x-www-form-urlencoded');
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Sends this and keeps the connection for a while without reading from it. */
async function hold({ publicUrl }: Victim, octets: string | Buffer): Promise<void> {
  const socket = connect(Number(publicUrl.port), '127.0.0.1').on('error', () => undefined);
  socket.pause();
  const closed = once(socket, 'close').catch(() => undefined);
  socket.write(octets);
  await Promise.race([closed, delay(HOLD_MS)]);
  socket.destroy();
}

/** A request with a new ID that is refused after it was parsed: its elements and attributes are none of SAML's. */
function hostileXml(size: number): string {
  const elements: string[] = [];
  for (let length = 0; length < size; length += 80) elements.push(`<a${text(8)} b="${text(30)}">&#65;</a>`);
  const inner = elements.map((each) => each.replace('</a>', `</${each.slice(1, 10)}>`)).join('');
  return `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${text(32)}" Version="2.0">${inner}</samlp:AuthnRequest>`;
}
