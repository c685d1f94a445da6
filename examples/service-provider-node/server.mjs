// A service provider in one file: `node server.mjs <metadata URL of the application in Vestibule>`
// It needs Node.js 20 or later and @node-saml/node-saml, with which it verifies: npm install @node-saml/node-saml
// Its metadata for `vestibule add-application` is in ../metadata/port-3000.xml.
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';

const { SAML } = await import('@node-saml/node-saml').catch((error) => {
  console.error(`@node-saml/node-saml is missing: npm install @node-saml/node-saml (${error.code})`);
  process.exit(1);
});

const metadataUrl = process.argv[2];
if (!metadataUrl) {
  console.error('Usage: node server.mjs <metadataUrl>');
  process.exit(2);
}
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? 'localhost'; // 0.0.0.0 in a container
const base = `http://localhost:${port}`;

// The identity provider's metadata names its EntityID, its sign-on address and the certificate that it signs with.
const metadata = await (await fetch(metadataUrl)).text();
const find = (pattern) => pattern.exec(metadata)?.[1] ?? '';
const saml = new SAML({
  issuer: `${base}/metadata`, // our EntityID
  callbackUrl: `${base}/acs`, // our AssertionConsumerService
  audience: `${base}/metadata`,
  entryPoint: find(/SingleSignOnService[^>]*Location="([^"]+)"/),
  idpIssuer: find(/entityID="([^"]+)"/),
  idpCert: find(/X509Certificate>([^<]+)</),
  wantAuthnResponseSigned: true,
  wantAssertionsSigned: true,
  validateInResponseTo: 'ifPresent',
});

const sessions = new Map();
const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

createServer(async (request, response) => {
  const { pathname } = new URL(request.url, base);
  const page = (status, html) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>${html}`);
  try {
    if (request.method === 'POST' && pathname === '/acs') {
      let body = '';
      for await (const chunk of request) body += chunk;
      const form = Object.fromEntries(new URLSearchParams(body));
      const { profile } = await saml.validatePostResponseAsync(form);
      const id = randomUUID();
      sessions.set(id, profile);
      response
        .writeHead(303, { location: '/', 'set-cookie': `node-sp=${id}; HttpOnly; Path=/; SameSite=Lax` })
        .end();
    } else if (pathname === '/') {
      const profile = sessions.get(/node-sp=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]);
      if (profile)
        page(
          200,
          `<h1>Hello, ${escape(profile.nameID)}</h1><pre>${escape(JSON.stringify(profile.attributes, null, 2))}</pre>`,
        );
      else response.writeHead(302, { location: await saml.getAuthorizeUrlAsync('', undefined, {}) }).end();
    } else {
      page(404, '<h1>Not found</h1>');
    }
  } catch (error) {
    page(400, `<h1>Refused</h1><p>${escape(error.message)}</p>`);
  }
}).listen(port, host, () => console.log(`Service provider on ${base}`));
