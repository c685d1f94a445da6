import { generateServiceProviderMetadata, SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { escapeAttribute, escapeText } from '../../../src/protocols/saml/xml/escape.ts';

/** Makes Chromium resolve the service provider's names to loopback. */
export const FOREIGN_SITES = '--host-resolver-rules=MAP sp.example 127.0.0.1, MAP app.example 127.0.0.1';

/** A POST that reached the AssertionConsumerService. */
export interface Arrival {
  origin: string | undefined;
  cookies: string;
}

/**
 * A service provider on another site than ours. At http://sp.example it sends requests, receives responses and keeps
 * the session; then it sends the person on to the product at http://app.example. Each has a port of its own.
 */
export interface ForeignServiceProvider {
  origin: string;
  appOrigin: string;
  metadataXml: string;
  /** The RelayState of its requests. */
  relayState: string;
  /** The POSTs that reached its AssertionConsumerService. */
  arrivals: Arrival[];
  /** The status code with which its AssertionConsumerService redirects. */
  redirectStatus: 302 | 303;
  trust(identityProvider: { ssoUrl: string; certificatePem: string; entityId: string }): void;
  stop(): Promise<void>;
}

const COOKIE = 'sp-session';
/**
 * The cookie is SameSite=Lax and set before the person leaves: a browser must not send it with the POST that comes back
 * from our site.
 */
const ASKED_COOKIE = 'sp-asked';

export async function startForeignServiceProvider(): Promise<ForeignServiceProvider> {
  const sp = createServer();
  const app = createServer();
  const origin = `http://sp.example:${await listen(sp)}`;
  const appOrigin = `http://app.example:${await listen(app)}`;
  const acsUrl = `${origin}/acs`;
  const entityId = `${origin}/metadata`;
  const sessions = new Map<string, string>();
  const tickets = new Map<string, { nameId: string; relayState: string }>();
  let saml: ((binding: 'redirect' | 'post') => SAML) | undefined;

  const self: ForeignServiceProvider = {
    origin,
    appOrigin,
    metadataXml: generateServiceProviderMetadata({ issuer: entityId, callbackUrl: acsUrl }),
    relayState: '/reports?month=5&name=<Zoë> "quoted"',
    arrivals: [],
    redirectStatus: 303,
    trust({ ssoUrl, certificatePem, entityId: idpIssuer }) {
      const saved = new Map<string, { value: string; createdAt: number }>();
      const make = (binding: 'redirect' | 'post') =>
        new SAML({
          ...{ issuer: entityId, callbackUrl: acsUrl, audience: entityId },
          ...{ entryPoint: ssoUrl, idpCert: certificatePem, idpIssuer },
          ...{ wantAuthnResponseSigned: true, wantAssertionsSigned: true },
          validateInResponseTo: ValidateInResponseTo.ifPresent,
          skipRequestCompression: binding === 'post',
          // Both bindings share this memory, because a response may answer a request of either.
          cacheProvider: {
            saveAsync(key, value) {
              const item = { value, createdAt: Date.now() };
              saved.set(key, item);
              return Promise.resolve(item);
            },
            getAsync: (key) => Promise.resolve(saved.get(key)?.value ?? null),
            removeAsync: (key) => Promise.resolve(key !== null && saved.delete(key) ? key : null),
          },
        });
      const both = { redirect: make('redirect'), post: make('post') };
      saml = (binding) => both[binding];
    },
    async stop() {
      await Promise.all([close(sp), close(app)]);
    },
  };

  const ask = async (binding: 'redirect' | 'post', response: ServerResponse) => {
    response.setHeader('Set-Cookie', `${ASKED_COOKIE}=yes; HttpOnly; SameSite=Lax; Path=/`);
    assert.ok(saml, 'it trusts nobody yet');
    if (binding === 'redirect') {
      const location = await saml('redirect').getAuthorizeUrlAsync(self.relayState, undefined, {});
      return void response.writeHead(302, { Location: location }).end();
    }
    const message = await saml('post').getAuthorizeMessageAsync(self.relayState);
    const fields = ['SAMLRequest', 'RelayState'].map(
      (name) => `<input type="hidden" name="${name}" value="${escapeAttribute(String(message[name]))}">`,
    );
    html(
      response,
      `<form method="post" action="${escapeAttribute(saml('post').options.entryPoint ?? '')}">${fields.join('')}
      <button>Go on to the identity provider</button></form><script>document.forms[0].submit()</script>`,
    );
  };

  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    assert.ok(saml, 'it trusts nobody yet');
    const form = new URLSearchParams(await bodyOf(request));
    const samlResponse = form.get('SAMLResponse') ?? '';
    self.arrivals.push({
      origin: request.headers.origin,
      cookies: request.headers.cookie ?? '',
    });
    const { profile } = await saml('post').validatePostResponseAsync({ SAMLResponse: samlResponse });
    assert.ok(profile, 'the response says who it is');
    const session = randomUUID();
    const ticket = randomUUID();
    sessions.set(session, profile.nameID);
    tickets.set(ticket, { nameId: profile.nameID, relayState: form.get('RelayState') ?? 'none' });
    response.setHeader('Set-Cookie', `${COOKIE}=${session}; HttpOnly; SameSite=Lax; Path=/`);
    response.writeHead(self.redirectStatus, { Location: `${appOrigin}/welcome?ticket=${ticket}` }).end();
  };

  serve(sp, async (request, url, response) => {
    if (url.pathname === '/acs') return receive(request, response);
    if (url.pathname === '/login')
      return ask(url.searchParams.get('binding') === 'post' ? 'post' : 'redirect', response);
    const session = new RegExp(`${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
    html(
      response,
      `<h1>The service provider</h1><p>Signed in: ${escapeText(sessions.get(session) ?? 'nobody')}</p>
      <a href="/login?binding=redirect">Sign in by redirect</a> <a href="/login?binding=post">Sign in by POST</a>`,
    );
  });
  serve(app, (_request, url, response) => {
    const known = tickets.get(url.searchParams.get('ticket') ?? '');
    html(
      response,
      known
        ? `<h1>Welcome, ${escapeText(known.nameId)}</h1><p>RelayState: ${escapeText(known.relayState)}</p>
           <a href="${escapeAttribute(origin)}/">Home</a>`
        : '<h1>Nobody</h1>',
    );
  });
  return self;
}

function serve(
  server: Server,
  answer: (request: IncomingMessage, url: URL, response: ServerResponse) => Promise<void> | void,
): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://any.example');
    Promise.resolve()
      .then(() => answer(request, url, response))
      .catch((error: unknown) => {
        response.statusCode = 500;
        html(response, `<h1>Refused</h1><p>${escapeText(String(error))}</p>`);
      });
  });
}

function html(response: ServerResponse, body: string): void {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  // An inline icon keeps browsers from requesting one.
  response.end(
    `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Service provider</title>${body}`,
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // Chunks are Buffers because no encoding is set.
  return Buffer.concat(chunks).toString();
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // A TCP server's address is an object.
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
