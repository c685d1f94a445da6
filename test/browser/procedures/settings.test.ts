import assert from 'node:assert/strict';
import { sees } from '../../support/browser/organization.ts';
import { control } from '../../support/mail/mailbox.ts';
import { openConsole, portalOf, tilesOf } from '../../support/procedures/people.ts';
import { procedure, type Stage } from '../../support/procedures/procedure.ts';
import { consoleLink } from '../../support/servers/console.ts';

const DAN = { userName: 'dan@example.com', email: 'dan@example.com', password: 'correct-Horse-7' };
const names = { givenName: 'Dan', familyName: 'Dale', displayName: 'Dan Dale' };

/** Puts an identity centre without users, and without a customized URL, in place of the one that there is. */
async function startAnew({ server }: Stage): Promise<string> {
  assert.equal((await control(server, 'DELETE', '/instance')).status, 204);
  const { body } = await control(server, 'POST', '/instance', {});
  return String(body['directoryId']);
}

/** Adds Dan with access to the console. */
async function addAdministrator({ server }: Stage): Promise<void> {
  const { body } = await control(server, 'POST', '/users', { ...DAN, ...names });
  await control(server, 'PUT', `/users/${String(body['id'])}/console-access`, { access: 'full' });
}

describe('procedures of settings', () => {
  procedure(
    {
      title: 'To enable AWS SSO',
      where:
        '`/organizations`, then the organization without an instance: `/organizations/{organization}/console`',
      differs:
        'An operator signs in by a link (`vestibule console-link`) or by the API token. The button is **Enable**. **Create organization** makes an organization, and enables its identity centre at once.',
    },
    async (stage) => {
      const { server, page, at } = stage;
      assert.equal((await control(server, 'DELETE', '/instance')).status, 204);
      await page.goto(at(await consoleLink(server)));
      await page.getByRole('button', { name: 'Open the console' }).click();
      await sees(page, 'Organizations');
      await page.getByRole('link', { name: 'Example Corp' }).click();
      await sees(page, 'Enable the identity centre');
      await page.getByLabel('Domain name of the portal').fill('demo');
      await page.getByRole('button', { name: 'Enable', exact: true }).click();
      await sees(page, 'Settings');
      await page.getByText('The identity centre is enabled, and empty.').waitFor();
      // It has a portal, to which a user signs in.
      await control(server, 'POST', '/users', { ...DAN, ...names });
      assert.deepEqual(await tilesOf(await portalOf(stage, DAN.userName)), []);

      // Step 4: who has no organization creates one, which has a portal too.
      await page.goto(at('/organizations'));
      await page.getByRole('link', { name: 'Create organization' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Orchard Corp');
      await page.getByLabel('Management account id').fill('444455556666');
      await page.getByLabel('Domain name of the portal').fill('orchard');
      await page.locator('main form button[type=submit]').last().click();
      await sees(page, 'Settings');
      const theirs = await stage.openWindow();
      await theirs.goto(at('/orchard/start'));
      await sees(theirs, 'Sign in');
      await theirs.getByText('Orchard Corp').first().waitFor();
    },
  );

  procedure(
    {
      title: 'To customize your URL',
      where: '`/{i}/console/settings`, **User portal**, **Customize**',
      differs:
        'It is done on the page **Settings**. The name is a part of the path, `/acme/start`, and the URL with the directory id goes on working.',
    },
    async (stage) => {
      const { page, at } = stage;
      const directory = await startAnew(stage);
      await addAdministrator(stage);
      await page.goto(at(`/${directory}/console`));
      await page.getByLabel('Username').fill(DAN.userName);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByLabel('Password', { exact: true }).fill(DAN.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('link', { name: 'Settings', exact: true }).click();
      await sees(page, 'Settings');
      await page.getByRole('link', { name: 'Customize' }).click();
      await page.getByText('This change is permanent').waitFor();
      await page.getByLabel('Domain name').fill('demo');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('The portal has its URL now.').waitFor();
      assert.equal(await page.getByRole('link', { name: 'Customize' }).count(), 0);
      // The user signs in at the URL.
      const portal = await portalOf(stage, DAN.userName);
      assert.equal(portal.url(), at('/demo/start'));
    },
  );

  procedure(
    {
      title: 'To delete your AWS SSO configuration',
      where: '`/{i}/console/settings/delete`, from **Settings**',
      differs:
        'The section and the button are called **Delete configuration**. There are three check boxes, because there are no permission sets.',
    },
    async (stage) => {
      const { server, page, at } = stage;
      const portal = await portalOf(stage, 'cy@example.com');
      await openConsole(stage, '/groups');
      await page.getByRole('link', { name: 'Settings', exact: true }).click();
      await page.getByRole('link', { name: 'Delete configuration' }).click();
      await sees(page, 'Delete configuration');
      for (const box of await page.getByRole('checkbox').all()) await box.check();
      await page.getByLabel('Type DELETE to confirm').fill('DELETE');
      await page.getByRole('button', { name: 'Delete configuration' }).click();
      await sees(page, 'The configuration was deleted');
      // Nobody finds the portal, the application or the console any more. The organization has its events.
      for (const path of ['/demo/start', `/${server.instance.directoryId}/start`, '/demo/console'])
        assert.equal((await portal.request.get(at(path))).status(), 404, path);
      const { body } = await control(server, 'GET', '/events');
      const [newest] = body['items'] as { eventName: string }[]; // the API's list
      assert.equal(newest?.eventName, 'DeleteInstance');
    },
  );
});
