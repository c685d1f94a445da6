import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { sees, signInAt } from '../../support/browser/organization.ts';
import {
  openApplication,
  openConsole,
  openMail,
  portalOf,
  signInToPortal,
  tilesOf,
} from '../../support/procedures/people.ts';
import { procedure, type Stage } from '../../support/procedures/procedure.ts';

const NEW_PASSWORD = 'brand-New-Horse-1';
const IN_PAGES = 'The guide’s dialog is a page.';
const OWN_MAIL =
  'The email comes from your server; without a mail server it is only in the mailbox, which the console shows.';

/** Steps 1 to 3 of the procedures about one user. */
async function chooseUser(stage: Stage, userName: string): Promise<void> {
  const { page } = stage;
  await openConsole(stage, '/groups');
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await sees(page, 'Users');
  await page.getByRole('link', { name: userName }).click();
  await page.getByText('User ID', { exact: true }).waitFor();
}

const fill = async (page: Page, answers: Readonly<Record<string, string>>) => {
  for (const [label, value] of Object.entries(answers))
    await page.getByLabel(label, { exact: true }).fill(value);
};
const choose = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Chooses a password of one's own on the page that asks for it. */
async function choosePassword(page: Page, button: string): Promise<void> {
  await fill(page, { 'New password': NEW_PASSWORD, 'Confirm password': NEW_PASSWORD });
  await choose(page, button);
}

describe('procedures for users', () => {
  procedure(
    {
      title: 'To add a user',
      where: '`/{i}/console/users/add`',
      differs: OWN_MAIL,
    },
    async (stage) => {
      const { page } = stage;
      await openConsole(stage, '/groups');
      await page.getByRole('link', { name: 'Users', exact: true }).click();
      await page.getByRole('link', { name: 'Add user' }).click();
      await sees(page, 'Add user');
      const eve = {
        Username: 'eve@example.com',
        'Email address': 'eve@example.com',
        'Confirm email address': 'eve@example.com',
        'First name': 'Eve',
        'Last name': 'Evans',
        'Display name': 'Eve Evans',
      };
      await fill(page, eve);
      await page.getByLabel('Send an email to the user with password setup instructions').check();
      await page.getByText('Job', { exact: true }).click();
      await fill(page, { 'Employee ID (optional)': '4711' });
      await choose(page, 'Next: groups');
      await page.getByLabel('Engineering').check();
      await choose(page, 'Add user');
      await page.getByText('An email with password setup instructions was sent.').waitFor();
      await page.getByText('4711').waitFor();

      const theirs = await stage.openWindow();
      assert.equal(await openMail(stage, theirs, 'eve@example.com'), 'Invitation to join Example Corp');
      await theirs.getByRole('link', { name: 'Accept invitation' }).click();
      await choosePassword(theirs, 'Update User');
      await sees(theirs, 'Applications');
      assert.deepEqual(await tilesOf(theirs), ['Harbour Expenses', 'Orchard Notes']);
      assert.equal((await openApplication(theirs, 'Orchard Notes')).assertion.nameId, 'eve@example.com');

      await page.getByRole('link', { name: 'Users', exact: true }).first().click();
      await page.getByRole('link', { name: 'Add user' }).click();
      await fill(page, {
        ...eve,
        Username: 'fay',
        'Email address': 'fay@example.com',
        'Confirm email address': 'fay@example.com',
      });
      await page.getByLabel('Generate a one-time password that you can share with the user').check();
      await choose(page, 'Next: groups');
      await choose(page, 'Add user');
      await sees(page, 'User added');
      const told = await page.locator('main').innerText();
      const [, url = ''] = /User portal: (\S+)/.exec(told) ?? [];
      const [, password = ''] = /One-time password: (\S+)/.exec(told) ?? [];
      const other = await stage.openWindow();
      await other.goto(url);
      await signInAt(other, 'fay', password);
      await choosePassword(other, 'Set password');
      await sees(other, 'Applications');
    },
  );

  procedure(
    { title: 'To edit user properties', where: '`/{i}/console/users/{user}/edit`' },
    async (stage) => {
      const { page } = stage;
      const before = await portalOf(stage, 'cy@example.com');
      assert.equal((await openApplication(before, 'Orchard Notes')).assertion.nameId, 'cy@example.com');
      await chooseUser(stage, 'cy@example.com');
      await page.getByRole('link', { name: 'Edit user' }).click();
      await sees(page, 'Edit user details');
      await fill(page, { 'Email address': 'cyra@example.com', 'First name': 'Cyra' });
      await choose(page, 'Save changes');
      await page.getByText('The changes were saved.').waitFor();
      const after = await portalOf(stage, 'cy@example.com');
      const { tab, assertion } = await openApplication(after, 'Orchard Notes');
      assert.equal(assertion.nameId, 'cyra@example.com');
      await sees(tab, 'Hello, Cyra Young');
    },
  );

  procedure(
    {
      title: 'To disable a user',
      where: '`/{i}/console/users/{user}/disable`, from the user’s profile',
      differs: `${IN_PAGES} The user’s page offers to undo it.`,
    },
    async (stage) => {
      const { page } = stage;
      await chooseUser(stage, 'cy@example.com');
      await page.getByRole('link', { name: 'Disable user' }).click();
      await sees(page, 'Disable user');
      await choose(page, 'Disable user');
      await page.getByText('The user was disabled.').waitFor();
      const theirs = await stage.openWindow();
      await signInToPortal(stage, theirs, 'cy@example.com');
      await theirs.getByRole('alert').waitFor();
      await choose(page, 'Undo');
      await page.getByText('The user was enabled.').waitFor();
      await portalOf(stage, 'cy@example.com');
    },
  );

  procedure(
    {
      title: 'To reset a user password',
      where: '`/{i}/console/users/{user}/reset-password`, from the user’s profile',
      differs: `${IN_PAGES} ${OWN_MAIL}`,
    },
    async (stage) => {
      const { page } = stage;
      await chooseUser(stage, 'cy@example.com');
      await page.getByRole('link', { name: 'Reset password' }).click();
      await sees(page, 'Reset password');
      await page.getByLabel('Send an email to the user with instructions to reset the password').check();
      await choose(page, 'Reset password');
      await page.getByText('An email with instructions to reset the password was sent.').waitFor();
      const theirs = await stage.openWindow();
      await openMail(stage, theirs, 'cy@example.com');
      await theirs.getByRole('link', { name: /password/i }).click();
      await fill(theirs, { 'New password': NEW_PASSWORD, 'Confirm password': NEW_PASSWORD });
      await theirs.locator('main form button[type=submit]').click();
      await portalOf(stage, 'cy@example.com', NEW_PASSWORD);

      await page.getByRole('link', { name: 'Reset password' }).click();
      await page.getByLabel('Generate a one-time password and share the password with the user').check();
      await choose(page, 'Reset password');
      await sees(page, 'Password reset');
      const [, password = ''] = /One-time password: (\S+)/.exec(await page.locator('main').innerText()) ?? [];
      const other = await stage.openWindow();
      await signInToPortal(stage, other, 'cy@example.com', password);
      await fill(other, { 'New password': 'brand-New-Horse-2', 'Confirm password': 'brand-New-Horse-2' });
      await choose(other, 'Set password');
      await sees(other, 'Applications');
    },
  );
});
