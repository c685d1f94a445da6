import assert from 'node:assert/strict';
import { answerFor } from '../../support/procedures/assertion.ts';
import { openApplication, openConsole, portalOf, tilesOf } from '../../support/procedures/people.ts';
import { procedure, type Stage } from '../../support/procedures/procedure.ts';

const METADATA = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://myapp.example.com/saml">
<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://myapp.example.com/saml/acs" index="0" isDefault="true"/>
</md:SPSSODescriptor>
</md:EntityDescriptor>`;

/** “Assign users”, for an application whose page is open. */
async function assignTo({ page }: Stage, userName: string): Promise<void> {
  await page.getByRole('link', { name: 'Assigned users' }).click();
  await page.getByRole('link', { name: 'Assign users' }).first().click();
  await page.getByRole('searchbox').fill(userName);
  await page.getByRole('searchbox').press('Enter');
  await page.getByRole('checkbox', { name: `Select ${userName}` }).check();
  await page.getByRole('button', { name: 'Assign users' }).click();
  await page.getByText('1 assignment changed').waitFor();
}

/** Opens the new application as its user, and returns what it received. */
async function useAs(stage: Stage, userName: string, name: string, origin: string) {
  const portal = await portalOf(stage, userName);
  await answerFor(portal.context(), origin);
  return (await openApplication(portal, name)).assertion;
}

/** Downloads what the page offers under this name. */
async function download({ page }: Stage, name: string): Promise<string> {
  const address = await page.getByRole('link', { name }).getAttribute('href');
  const answer = await page.request.get(new URL(address ?? '', page.url()).href);
  assert.equal(answer.status(), 200);
  return answer.text();
}

describe('procedures of the guide: applications', () => {
  procedure(
    {
      title: 'To add and configure a cloud application',
      where: 'Console, **Applications**, **Add a new application** (`/{i}/console/applications/add`)',
      differs:
        'the list is a page with a search; a review comes before **Save changes**; the metadata and the certificate are downloaded from the application’s page after that, because they are made with it; a template of the catalogue can know the service provider, and then no metadata is needed',
    },
    async (stage) => {
      const { page } = stage;
      await openConsole(stage, '/applications');
      await page.getByRole('link', { name: 'Add a new application' }).click();
      await page.getByRole('searchbox').fill('Slack');
      await page.getByRole('searchbox').press('Enter');
      await page.getByRole('link', { name: 'Add application Slack' }).click();
      await page.getByLabel('Display name').fill('Team chat');
      await page.getByLabel('Workspace').fill('example-corp');
      await page.getByRole('button', { name: 'Next: review' }).click();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('The application was added.').waitFor();
      assert.match(await download(stage, 'Download the metadata file'), /IDPSSODescriptor/);
      assert.match(await download(stage, 'Download certificate'), /BEGIN CERTIFICATE/);
      await assignTo(stage, 'cy@example.com');
      const seen = await useAs(stage, 'cy@example.com', 'Team chat', 'https://example-corp.slack.com');
      assert.equal(seen.audience, 'https://slack.com');
      assert.deepEqual(seen.attributes, { 'User.Email': ['cy@example.com'] });
    },
  );

  procedure(
    {
      title: 'To add and configure a custom SAML application',
      where:
        'Console, **Applications**, **Add a new application**, **Configure application** (`/{i}/console/applications/add/custom`)',
      differs:
        'the application selector is a page; a metadata file may be chosen as well as values typed; a review comes before **Save changes**, and the downloads after it',
    },
    async (stage) => {
      const { page } = stage;
      await openConsole(stage, '/applications');
      await page.getByRole('link', { name: 'Add a new application' }).click();
      await page.getByRole('link', { name: 'Configure application' }).click();
      await page.getByLabel('Display name').fill('MyApp');
      await page.getByLabel('Relay state').fill('/start');
      await page.getByText('you can manually type your metadata values').click();
      await page.getByLabel('Application ACS URL').fill('https://typed.example.com/acs');
      await page.getByLabel('Application SAML audience').fill('urn:example:myapp');
      await page.getByRole('button', { name: 'Next: review' }).click();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('The application was added.').waitFor();
      await page.getByRole('link', { name: 'Replace metadata' }).click();
      await page
        .getByLabel('Application SAML metadata file')
        .setInputFiles({ name: 'metadata.xml', mimeType: 'text/xml', buffer: Buffer.from(METADATA) });
      await page.getByRole('button', { name: 'Next: review' }).click();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('The application metadata was saved.').waitFor();
      await assignTo(stage, 'cy@example.com');
      const seen = await useAs(stage, 'cy@example.com', 'MyApp', 'https://myapp.example.com');
      assert.deepEqual(
        [seen.acsUrl, seen.audience, seen.relayState],
        ['https://myapp.example.com/saml/acs', 'https://myapp.example.com/saml', '/start'],
      );
    },
  );

  procedure(
    {
      title: 'To disable or enable your application',
      where: 'Console, **Applications**, the application (`/{i}/console/applications/{application}`)',
      differs:
        '**Disable** or **Enable** is a button beside the name, without a menu **Actions**, and can be undone',
    },
    async (stage) => {
      const { page } = stage;
      const portal = await portalOf(stage, 'cy@example.com');
      await openConsole(stage, '/applications');
      await page.getByRole('link', { name: 'Orchard Notes' }).click();
      await page.getByRole('button', { name: 'Disable' }).click();
      await page.getByText('The application is disabled').waitFor();
      assert.deepEqual(await tilesOf(portal), []);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('The application is enabled').waitFor();
      assert.deepEqual(await tilesOf(portal), ['Orchard Notes']);
      const { assertion } = await openApplication(portal, 'Orchard Notes');
      assert.equal(assertion.nameId, 'cy@example.com');
    },
  );

  procedure(
    {
      title: 'To assign access to users or groups',
      where:
        'Console, **Applications**, the application, **Assigned users** (`/{i}/console/applications/{application}/users`)',
      differs:
        'the dialog box is a page, and its search is named **Search**; users and groups are two lists; an application can also be assigned to everyone',
    },
    async (stage) => {
      const { server, page } = stage;
      const portal = await portalOf(stage, 'cy@example.com');
      assert.deepEqual(await tilesOf(portal), ['Orchard Notes']);
      await openConsole(stage, '/applications');
      await page.getByRole('link', { name: 'Harbour Expenses' }).click();
      await assignTo(stage, 'cy@example.com');
      assert.deepEqual(await tilesOf(portal), ['Harbour Expenses', 'Orchard Notes']);
      const { assertion } = await openApplication(portal, 'Harbour Expenses');
      assert.equal(assertion.attributes['email']?.[0], 'cy@example.com');

      // A group: its members get the application.
      await server.organization.groups.create({ displayName: 'Designers' });
      const names = { givenName: 'Dan', familyName: 'Dale', displayName: 'Dan Dale' };
      const dan = { userName: 'dan@example.com', email: 'dan@example.com', password: 'correct-Horse-7' };
      await server.organization.users.create({ ...dan, ...names });
      await server.organization.groups.addMember('Designers', dan.userName);
      await page.getByRole('navigation', { name: 'Assigned' }).getByRole('link', { name: 'Groups' }).click();
      await page.getByText('All members of a group get').or(page.getByText('Engineering')).first().waitFor();
      await page.getByRole('link', { name: 'Assign users' }).first().click();
      await page.getByRole('checkbox', { name: 'Select Designers' }).check();
      await page.getByRole('button', { name: 'Assign users' }).click();
      await page.getByText('1 assignment changed').waitFor();
      assert.deepEqual(await tilesOf(await portalOf(stage, dan.userName)), ['Harbour Expenses']);
    },
  );

  procedure(
    {
      title: 'To remove user access from an application',
      where:
        'Console, **Applications**, the application, **Assigned users**, **Remove** (`/{i}/console/applications/{application}/remove-access`)',
      differs:
        'the dialog box is a page; **Remove** stands beside each name, and several can be selected first',
    },
    async (stage) => {
      const { page } = stage;
      const portal = await portalOf(stage, 'cy@example.com');
      await openConsole(stage, '/applications');
      await page.getByRole('link', { name: 'Orchard Notes' }).click();
      await page.getByRole('link', { name: 'Assigned users' }).click();
      await page.getByRole('link', { name: 'Remove cy@example.com' }).click();
      await page.getByText('cy@example.com').first().waitFor();
      await page.getByRole('button', { name: 'Remove access' }).click();
      await page.getByText('1 assignment changed').waitFor();
      assert.deepEqual(await tilesOf(portal), []);
    },
  );
});
