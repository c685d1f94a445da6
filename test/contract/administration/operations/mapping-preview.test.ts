import assert from 'node:assert/strict';
import type { Application } from '../../../../src/domain/applications/application.ts';
import { addMember } from '../../../../src/domain/directory/group-commands.ts';
import { timesOf } from '../../../../src/domain/organizations/organization.ts';
import {
  previewMappings,
  type MappingPreviewInput,
} from '../../../../src/administration/operations/mapping-preview.ts';
import { findBrokenRule } from '../../../../src/lab/samples/web-sso-rules.ts';
import { readAssertion } from '../../../../src/protocols/saml/read-assertion.ts';
import { AttributeNameFormat, Namespace, NameIdFormat } from '../../../../src/protocols/saml/types.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';
import { addGroup, addUser } from '../../../support/people/people.ts';
import { WIDE } from '../../../support/saml/bounded.ts';

const ACS = 'https://wiki.example.com/acs';

describeOnEachDatabase('the preview of mappings', (open) => {
  let tenant: Tenant;
  let wiki: Application;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    wiki = await addApplication(tenant, 'wiki');
  });

  const preview = (input: MappingPreviewInput, application = 'wiki') =>
    previewMappings(
      { db: tenant.db, ids: tenant.ids, publicOrigin: 'https://idp.example' },
      { instance: tenant.instance, times: timesOf(tenant.clock, tenant.instance) },
      application,
      input,
    );

  it('is about mappings that aren’t stored, with the application’s where none are given, and stores nothing', async () => {
    const ana = await addUser(tenant, 'ana');
    const group = await addGroup(tenant, 'Sales');
    await tenant.run((work) => addMember(work, tenant.instance, group.id, ana.id));
    const before = await tenant.events(1);
    const tried = await preview({
      user: 'ana@example.com',
      attributes: [
        { name: 'label', value: '${user:familyName}, <${user:givenName}>', format: 'basic' },
        { name: 'groups', value: '${user:groups}', format: 'uri' },
        { name: 'nothing', value: '${user:AD_GUID}', format: 'unspecified' },
      ],
    });
    assert.deepEqual(tried.subject, { value: 'ana@example.com', format: NameIdFormat.emailAddress });
    assert.deepEqual(tried.attributes, [
      { name: 'label', nameFormat: AttributeNameFormat.basic, values: ['Example, <Ana>'] },
      { name: 'groups', nameFormat: AttributeNameFormat.uri, values: [group.id] },
      { name: 'nothing', nameFormat: AttributeNameFormat.unspecified, values: [] },
    ]);
    assert.match(
      tried.assertionXml ?? '',
      /<saml:AttributeValue>Example, &lt;Ana&gt;<\/saml:AttributeValue>/,
    );
    const subject = { value: '${user:name}', format: 'unspecified' } as const;
    const named = await preview({ user: 'ana@example.com', subject }, wiki.id);
    assert.deepEqual(named.subject, { value: 'Ana Example', format: NameIdFormat.unspecified });
    assert.equal(named.attributes.length, wiki.settings.attributes.length);
    assert.deepEqual(await tenant.events(1), before);
  });

  it('has no assertion without a NameID, and needs a user and an application that exist', async () => {
    await addUser(tenant, 'ana');
    const empty = await preview({
      user: 'ana@example.com',
      subject: { value: '${user:middleName}', format: 'unspecified' },
    });
    assert.deepEqual([empty.subject, empty.assertionXml], [undefined, undefined]);
    assert.equal(empty.attributes.length, 4);
    await assert.rejects(preview({ user: 'nobody' }), failsWith('ValidationException', '/user'));
    const other = await makeTenant(tenant.db);
    await addUser(other, 'bo');
    await assert.rejects(preview({ user: 'bo@example.com' }), failsWith('ValidationException', '/user'));
    await assert.rejects(preview({ user: 'ana@example.com' }, 'x'), failsWith('ResourceNotFoundException'));
  });

  it('can’t be used to sign in, not even at a service provider that doesn’t check signatures', async () => {
    await addUser(tenant, 'ana');
    const { assertionXml = '' } = await preview({ user: 'ana@example.com' });
    const response = `<samlp:Response xmlns:samlp="${Namespace.protocol}" Destination="${ACS}"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${assertionXml}</samlp:Response>`;
    const parsed = await parseXml(response, WIDE);
    assert.ok(parsed.ok);
    const element = parsed.root.children.find(({ name }) => name === 'Assertion');
    assert.ok(element);
    const assertion = readAssertion(element);
    const trust = { entityId: assertion.issuer, certificatePem: '', applicationName: '', ssoUrl: '' };
    const expected = { acsUrl: ACS, requestIds: new Set<string>(), at: tenant.clock.now() };
    const signing = { response: false, assertion: false };
    const judge = (given = assertion) =>
      findBrokenRule(parsed.root, given, { ...expected, trust: { ...trust, signing } });
    assert.equal(judge(), 'The Recipient of the SubjectConfirmation is urn:vestibule:preview.');
    const confirmations = assertion.confirmations.map((each) => ({ ...each, recipient: ACS }));
    assert.equal(judge({ ...assertion, confirmations }), 'The SubjectConfirmation has expired.');
    assert.deepEqual(assertion.conditions.audiences, ['urn:vestibule:preview']);
    assert.equal(assertion.conditions.notBefore, assertion.conditions.notOnOrAfter);
    assert.doesNotMatch(assertionXml, /Signature|wiki\.example\.com/);
  });
});
