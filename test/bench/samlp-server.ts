import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import samlp from 'samlp';

/*
 * Auth0's `samlp` middleware as it is meant to be used, on Node's own HTTP server instead of Express (which costs more):
 * Response and Assertion signed with RSA-2048 and SHA-256, for a fixed user. It has no session and no assignment, and
 * stores nothing. It is a process of its own: `node --import tsx samlp-server.ts <port>`.
 */
const ACS = 'https://wiki.example.com/saml/acs';
const fixture = (name: string) => readFileSync(new URL(`../fixtures/saml/${name}`, import.meta.url), 'utf8');

const user = {
  id: 'ana@example.com',
  displayName: 'Ana Souza',
  name: { givenName: 'Ana', familyName: 'Souza' },
  emails: [{ value: 'ana@example.com' }],
};

const respond = samlp.auth({
  issuer: 'http://localhost:8080/d-0123456789',
  cert: fixture('idp-cert.pem'),
  key: fixture('idp-key.pem'),
  audience: 'https://wiki.example.com/saml',
  ...{ destination: ACS, recipient: ACS },
  ...{ signResponse: true, signAssertion: true },
  getPostURL: (_audience, _request, _asked, callback) => callback(null, ACS),
});

createServer((request, response) => {
  if (request.url === '/healthz') {
    response.end();
    return;
  }
  const asked = Object.assign(request, { query: {}, user });
  const answering = Object.assign(response, {
    set: (name: string, value: string) => void response.setHeader(name, value),
    send: (body: string | number) => {
      if (typeof body === 'number') response.statusCode = body;
      response.end(String(body));
    },
  });
  respond(asked, answering, (error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
