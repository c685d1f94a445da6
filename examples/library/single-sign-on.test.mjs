// Tests a service provider against a real identity provider, without a browser: node --test single-sign-on.test.mjs
// It needs: npm install --save-dev vestibule-idp @node-saml/node-saml
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { SAML } from '@node-saml/node-saml';
import { startVestibule } from 'vestibule-idp';

/** The service provider under test: replace it with your own. */
function serviceProvider() {
  const application = { saml: undefined, url: '', close: () => server.close() };
  const server = createServer(async (request, response) => {
    if (request.url === '/login') {
      const location = await application.saml.getAuthorizeUrlAsync('/home', undefined, {});
      response.writeHead(302, { location }).end();
      return;
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    try {
      const { profile } = await application.saml.validatePostResponseAsync(
        Object.fromEntries(new URLSearchParams(body)),
      );
      response.end(`Hello, ${profile.givenName} (${profile.nameID})`);
    } catch (error) {
      response.writeHead(403).end(String(error));
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      application.url = `http://127.0.0.1:${server.address().port}`;
      resolve(application);
    });
  });
}

let vestibule, application, wiki, ana;

before(async () => {
  vestibule = await startVestibule();
  application = await serviceProvider();
  const { users, applications } = vestibule.organization;
  ana = await users.create({
    userName: 'ana@example.com',
    email: 'ana@example.com',
    givenName: 'Ana',
    familyName: 'Souza',
    displayName: 'Ana Souza',
  });
  wiki = await applications.create({
    displayName: 'Wiki',
    serviceProvider: { entityId: 'urn:example:wiki', acsUrls: [`${application.url}/acs`] },
  });
  application.saml = new SAML({
    issuer: 'urn:example:wiki',
    audience: 'urn:example:wiki',
    callbackUrl: `${application.url}/acs`,
    entryPoint: wiki.ssoUrl,
    idpIssuer: wiki.entityId,
    idpCert: wiki.certificate,
  });
});

after(async () => {
  application?.close();
  await vestibule?.stop();
});

test('an assigned user signs in', async () => {
  await wiki.assign({ users: [ana] });
  const browser = await vestibule.organization.signIn(ana);
  const page = await browser.visit(`${application.url}/login`);
  const home = await browser.deliver(page);
  assert.equal(home.body, 'Hello, Ana (ana@example.com)');
  // The exchange that was recorded since the last `take`, decoded.
  const [exchange] = await wiki.exchanges.take();
  assert.deepEqual(exchange.assertion.attributes.givenName, ['Ana']);
  await wiki.unassign({ users: [ana] });
});

test('a user without an assignment is stopped by the identity provider', async () => {
  const browser = await vestibule.organization.signIn(ana);
  const page = await browser.visit(`${application.url}/login`);
  assert.equal(page.status, 403);
  assert.equal(page.response, undefined);
});

test('a response that was tampered with is refused', async () => {
  await wiki.assign({ users: [ana] });
  const { xml, acsUrl } = await wiki.respond({ user: ana });
  const tampered = Buffer.from(xml.replaceAll('ana@example.com', 'root@example.com')).toString('base64');
  const answer = await fetch(acsUrl, {
    method: 'POST',
    body: new URLSearchParams({ SAMLResponse: tampered }),
  });
  assert.equal(answer.status, 403);
});
