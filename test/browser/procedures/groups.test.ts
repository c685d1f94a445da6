import assert from 'node:assert/strict';
import { control } from '../../support/mail/mailbox.ts';
import { sees } from '../../support/browser/organization.ts';
import { openApplication, openConsole, portalOf, tilesOf } from '../../support/procedures/people.ts';
import { procedure } from '../../support/procedures/procedure.ts';

describe('procedures of groups', () => {
  procedure(
    {
      title: 'To add a group',
      where: '`/{i}/console/groups/create`',
      differs: '**Create group** is a page, not a dialog box.',
    },
    async (stage) => {
      const { server, page } = stage;
      await openConsole(stage, '/groups');
      await page.getByRole('link', { name: 'Groups', exact: true }).click();
      await page.getByRole('link', { name: 'Create group' }).click();
      await page.getByLabel('Group name').fill('Designers');
      await page.getByLabel('Description').fill('May use Harbour Expenses');
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await sees(page, 'Designers');
      await page.getByText('The group was created.').waitFor();
      // The group stands for its members: an application is assigned to it, and the user who joins it gets the tile.
      await server.organization.groups.addMember('Designers', 'cy@example.com');
      const assigned = await control(server, 'POST', '/applications/expenses/assignments', {
        groups: ['Designers'],
      });
      assert.equal(assigned.status, 200);
      assert.ok((await tilesOf(await portalOf(stage, 'cy@example.com'))).includes('Harbour Expenses'));
    },
  );

  procedure(
    {
      title: 'To add a user as a member of a group',
      where: '`/{i}/console/groups/{group}/members`, then **Add users**',
      differs:
        '**Group members** is a tab of the group’s page; the button on the next page is **Add users**.',
    },
    async (stage) => {
      const { page } = stage;
      const portal = await portalOf(stage, 'cy@example.com');
      assert.deepEqual(await tilesOf(portal), ['Orchard Notes']);
      await openConsole(stage, '/groups');
      await page.getByRole('link', { name: 'Groups', exact: true }).click();
      await page.getByRole('link', { name: 'Engineering' }).click();
      await page.getByRole('link', { name: 'Group members' }).click();
      await page.getByRole('link', { name: 'Add users' }).click();
      await page.getByRole('searchbox').fill('cy yo');
      await page.keyboard.press('Enter');
      await page
        .getByRole('row', { name: /cy@example.com/ })
        .getByRole('checkbox')
        .check();
      await page.getByRole('button', { name: 'Add users' }).click();
      await page.getByText('1 user added.').waitFor();
      await page.getByRole('link', { name: 'cy@example.com' }).waitFor();
      assert.deepEqual(await tilesOf(portal), ['Harbour Expenses', 'Orchard Notes']);
      const { assertion } = await openApplication(portal, 'Harbour Expenses');
      assert.match(assertion.nameId, /cy/);
    },
  );
});
