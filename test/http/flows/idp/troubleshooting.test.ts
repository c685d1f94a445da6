import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAML, ValidateInResponseTo, type SamlConfig } from '@node-saml/node-saml';
import type { Application, Organization } from '../../../../src/index.ts';
import { inConformance } from '../../../support/basics/depth.ts';
import { ANA, libraries, WIKI } from '../../../support/servers/library.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/troubleshooting.md'), 'utf8');

/** What a real service provider says about a response that it refuses, for each mistake that the page explains. */
describe(inConformance('the messages in the troubleshooting page'), () => {
  const { start } = libraries();
  let now = Date.now();
  let organization: Organization;
  let wiki: Application;
  let other: Application;

  beforeEach(async () => {
    now = Date.now();
    ({ organization } = await start({ clock: { now: () => now } }));
    await organization.users.create(ANA);
    wiki = await organization.applications.create(WIKI);
    other = await organization.applications.create({ ...WIKI, key: 'other', displayName: 'Other' });
    await wiki.assign({ everyone: true });
  });

  /** The message of node-saml with these options, right except for them. */
  async function said(
    options: Partial<SamlConfig>,
    { inResponseTo }: { inResponseTo?: string } = {},
  ): Promise<string> {
    const saml = new SAML({
      issuer: WIKI.serviceProvider.entityId,
      audience: WIKI.serviceProvider.entityId,
      callbackUrl: WIKI.serviceProvider.acsUrls[0],
      ...{ entryPoint: wiki.ssoUrl, idpIssuer: wiki.entityId, idpCert: wiki.certificate },
      ...{ wantAuthnResponseSigned: true, wantAssertionsSigned: true },
      ...options,
    });
    const { samlResponse } = await wiki.respond({
      user: ANA.userName,
      ...(inResponseTo !== undefined && { inResponseTo }),
    });
    return saml.validatePostResponseAsync({ SAMLResponse: samlResponse }).then(
      () => 'accepted',
      (error: unknown) => String(error instanceof Error ? error.message : error),
    );
  }

  const isExplained = (message: string, known: RegExp) => {
    const [text = ''] = known.exec(message) ?? assert.fail(message);
    assert.ok(page.includes(text), `${text} is not in docs/troubleshooting.md`);
  };

  it('are those of node-saml for each mistake', async function () {
    this.timeout(10_000);
    assert.equal(await said({}), 'accepted');
    isExplained(await said({ idpCert: other.certificate }), /Invalid document signature/);
    isExplained(
      await said({ idpCert: other.certificate, wantAuthnResponseSigned: false }),
      /Invalid signature/,
    );
    isExplained(
      await said({ audience: 'https://wiki.example.com/other' }),
      /SAML assertion audience mismatch/,
    );
    // It compares the issuer only at logout.
    assert.equal(await said({ idpIssuer: other.entityId }), 'accepted');
    const asked = { validateInResponseTo: ValidateInResponseTo.always };
    isExplained(await said(asked, { inResponseTo: '_unknown' }), /InResponseTo is not valid/);
    isExplained(await said(asked), /InResponseTo is missing from response/);
    now += 5 * 60_000;
    isExplained(await said({}), /SAML assertion not yet valid/);
    now -= 3 * 3600_000;
    isExplained(await said({}), /SAML assertion expired/);
  });

  it('name what unsigned parts cause', async () => {
    await wiki.update({ signing: { response: false, assertion: true } });
    isExplained(await said({}), /Invalid document signature/);
    await wiki.update({ signing: { response: true, assertion: false } });
    isExplained(await said({}), /Invalid signature/);
  });
});
