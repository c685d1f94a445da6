import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { hashPassword } from '../../src/domain/credentials/passwords/password.ts';
import { judgeXml } from './judge-response.ts';
import { median } from './numbers.ts';

/**
 * RSA-2048 signatures a second on one processor, as `openssl speed` counts them; undefined without openssl. Newer
 * versions also print encryption: the first value that isn't a duration counts signatures.
 */
export async function opensslSignsPerSecond(): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)('openssl', ['speed', '-seconds', '2', 'rsa2048']);
    const values = /^rsa\s*2048 bits\s+(.*)$/m.exec(stdout)?.[1]?.trim().split(/\s+/);
    const perSecond = values?.find((value) => !value.endsWith('s'));
    return perSecond === undefined ? undefined : Number(perSecond);
  } catch {
    return undefined;
  }
}

const fixture = (name: string) => readFileSync(new URL(`../fixtures/saml/${name}`, import.meta.url), 'utf8');

const BASIC = 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic';
const RUN_MS = 1500;

/**
 * Responses a second of samlify's `createLoginResponse` in this thread, without HTTP, storage or sessions: Response and
 * Assertion signed with RSA-2048 and SHA-256, the same statements and attributes as ours. The median of three runs.
 */
export async function samlifyResponsesPerSecond(): Promise<number> {
  const createResponse = await samlifyIdentityProvider();
  const first = await createResponse();
  judgeXml(Buffer.from(first, 'base64').toString('utf8'), fixture('idp-cert.pem'));
  await countFor(RUN_MS / 3, createResponse);
  const runs: number[] = [];
  for (let run = 0; run < 3; run++) runs.push(await countFor(RUN_MS, createResponse));
  return median(runs);
}

/** Password hashes a second at this cost, four at a time in this process's thread pool: the upper limit of sign-ins. */
export async function hashesPerSecond(cost: number, ms: number): Promise<number> {
  const startedAt = performance.now();
  let count = 0;
  const hashing = async () => {
    while (performance.now() - startedAt < ms) {
      await hashPassword('correct-Horse-7', cost);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: 4 }, hashing));
  return (count * 1000) / (performance.now() - startedAt);
}

async function countFor(ms: number, work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  let count = 0;
  while (performance.now() - startedAt < ms) {
    await work();
    count += 1;
  }
  return (count * 1000) / (performance.now() - startedAt);
}

async function samlifyIdentityProvider(): Promise<() => Promise<string>> {
  const { Constants, IdentityProvider, SamlLib, ServiceProvider } = await import('samlify');
  const bindings = Constants.namespace.binding;
  const person = {
    email: 'ana@example.com',
    givenName: 'Ana',
    familyName: 'Souza',
    displayName: 'Ana Souza',
  };
  const idp = IdentityProvider({
    entityID: 'http://localhost:8080/d-0123456789/saml/assertion/ins-0123456789abcdef',
    privateKey: fixture('idp-key.pem'),
    signingCert: fixture('idp-cert.pem'),
    requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    nameIDFormat: ['urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'],
    singleSignOnService: [{ Binding: bindings.post, Location: 'http://localhost:8080/sso' }],
    singleLogoutService: [{ Binding: bindings.post, Location: 'http://localhost:8080/slo' }],
    loginResponseTemplate: {
      // The default placeholder for the AuthnStatement doesn't work, as samlify escapes the values that it fills in.
      context: SamlLib.defaultLoginResponseTemplate.context.replace(
        '{AuthnStatement}',
        '<saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="{SessionIndex}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>',
      ),
      attributes: Object.keys(person).map((name) => ({
        name,
        nameFormat: BASIC,
        valueTag: name,
        valueXsiType: 'xs:string',
      })),
    },
  });
  const sp = ServiceProvider({
    entityID: 'https://wiki.example.com/saml',
    wantAssertionsSigned: true,
    wantMessageSigned: true,
    assertionConsumerService: [{ Binding: bindings.post, Location: 'https://wiki.example.com/saml/acs' }],
  });
  let counter = 0;
  const fill = (template: string) => {
    counter += 1;
    const now = new Date();
    const later = new Date(now.getTime() + 300_000).toISOString();
    const id = `_${counter}`;
    const context = SamlLib.replaceTagsByValue(template, {
      ID: id,
      AssertionID: `_a${counter}`,
      SessionIndex: `_s${counter}`,
      IssueInstant: now.toISOString(),
      Issuer: idp.entityMeta.getEntityID(),
      Destination: 'https://wiki.example.com/saml/acs',
      SubjectRecipient: 'https://wiki.example.com/saml/acs',
      SubjectConfirmationDataNotOnOrAfter: later,
      ConditionsNotBefore: now.toISOString(),
      ConditionsNotOnOrAfter: later,
      Audience: 'https://wiki.example.com/saml',
      StatusCode: Constants.StatusCode.Success,
      NameIDFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      NameID: person.email,
      InResponseTo: null,
      attrEmail: person.email,
      attrGivenName: person.givenName,
      attrFamilyName: person.familyName,
      attrDisplayName: person.displayName,
    });
    return { id, context };
  };
  return async () => {
    const made = await idp.createLoginResponse(sp, { extract: {} }, 'post', person, {
      customTagReplacement: fill,
    });
    return made.context;
  };
}
