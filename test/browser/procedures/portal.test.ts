import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { devicesOf } from '../../support/mfa/registration.ts';
import { totpCode } from '../../support/mfa/totp-code.ts';
import { control } from '../../support/mail/mailbox.ts';
import { sees } from '../../support/browser/organization.ts';
import {
  openApplication,
  openMail,
  portalOf,
  signInToPortal,
  tilesOf,
} from '../../support/procedures/people.ts';
import { procedure } from '../../support/procedures/procedure.ts';
import { received } from '../../support/procedures/assertion.ts';
import { readCaptcha } from '../../support/procedures/captcha.ts';

const NEW_PASSWORD = 'brand-New-Horse-1';
const givePasswords = async (page: Page) => {
  await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
  await page.getByLabel('Confirm password', { exact: true }).fill(NEW_PASSWORD);
};

describe('procedures of the user portal', () => {
  procedure(
    {
      title: 'To activate your account',
      where: 'the invitation’s mail, then `/{i}/invitation/…`',
      differs:
        'The mail’s subject names your organization: “Invitation to join …”, and its page is called “Accept the invitation”. Without a mail server the mail is only in the mailbox, which the console shows.',
    },
    async (stage) => {
      const { server, page } = stage;
      const eve = {
        ...{ userName: 'eve@example.com', email: 'eve@example.com' },
        ...{ givenName: 'Eve', familyName: 'Evans', displayName: 'Eve Evans', invite: true },
      };
      await control(server, 'POST', '/users', eve);
      assert.equal(await openMail(stage, page, 'eve@example.com'), 'Invitation to join Example Corp');
      await page.getByRole('link', { name: 'Accept invitation' }).click();
      await sees(page, 'Accept the invitation');
      await givePasswords(page);
      await page.getByRole('button', { name: 'Update User' }).click();
      await sees(page, 'Applications');
      await page.getByText('Eve Evans').first().waitFor();
      assert.deepEqual(await tilesOf(await portalOf(stage, 'eve@example.com', NEW_PASSWORD)), []);
    },
  );

  procedure(
    {
      title: 'To sign in to the user portal',
      where: '`/{i}/start`',
    },
    async (stage) => {
      const { server, page } = stage;
      await control(server, 'PATCH', '/settings', { mfa: { withoutDevice: 'email-code' } });
      await signInToPortal(stage, page, 'cy@example.com');
      const entry = page.getByLabel('Verification code');
      await entry.waitFor();
      const mails = await stage.openWindow();
      await openMail(stage, mails, 'cy@example.com');
      const [code = ''] = /\b\d{6}\b/.exec(await mails.locator('body').innerText()) ?? [];
      await entry.fill(code);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await sees(page, 'Applications');
      const { tab, assertion } = await openApplication(page, 'Orchard Notes');
      await sees(tab, 'Hello, Cy Young');
      assert.equal(assertion.nameId, 'cy@example.com');
    },
  );

  procedure(
    {
      title: 'To sign out of the user portal',
      where: 'the menu with your name, at the upper right of `/{i}/start`',
    },
    async (stage) => {
      const page = await portalOf(stage, 'ana@example.com');
      const { tab } = await openApplication(page, 'Orchard Notes');
      await page.locator('summary').click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await sees(page, 'You have signed out');
      await page.goto(stage.at('/demo/start'));
      await sees(page, 'Sign in');
      // “Any other applications that you have opened remain open and running” (p. 81).
      await tab.reload();
      await sees(tab, 'Hello, Ana Souza');
      await signInToPortal(stage, page, 'cy@example.com');
      await sees(page, 'Applications');
      assert.equal((await openApplication(page, 'Orchard Notes')).assertion.nameId, 'cy@example.com');
    },
  );

  procedure(
    {
      title: 'To search for an AWS account or application in the user portal',
      where: '`/{i}/start`, above the tiles',
    },
    async (stage) => {
      const page = await portalOf(stage, 'ana@example.com');
      const tiles = page.locator('.v-tile-name').filter({ visible: true });
      assert.deepEqual(await tiles.allTextContents(), ['Harbour Expenses', 'Orchard Notes']);
      await page.getByLabel('Search applications').click();
      await page.keyboard.type('notes');
      await page.keyboard.press('Enter');
      await page.getByText('1 of 2').waitFor();
      assert.deepEqual(await tiles.allTextContents(), ['Orchard Notes']);
      const { assertion } = await openApplication(page, 'Orchard Notes');
      assert.equal(assertion.nameId, 'ana@example.com');
    },
  );

  procedure(
    {
      title: 'To reset your password',
      where: '“Forgot Password?” below the Sign In button of `/{i}/start`, then the mail',
      differs:
        'The mail’s subject is “Reset Password Request for …”, and its page is called “Choose a new password”.',
    },
    async (stage) => {
      const { page, at } = stage;
      await page.goto(at('/demo/start'));
      await page.getByRole('link', { name: 'Forgot Password?' }).click();
      await page.getByLabel('Username').fill('cy@example.com');
      await page.getByLabel('Characters').fill(await readCaptcha(stage, page));
      await page.getByRole('button', { name: 'Recover Password' }).click();
      await sees(page, 'Check your email');
      assert.equal(await openMail(stage, page, 'cy@example.com'), 'Reset Password Request for Example Corp');
      await page.getByRole('link', { name: 'Reset Password' }).click();
      await sees(page, 'Choose a new password');
      await givePasswords(page);
      await page.getByRole('button', { name: 'Reset Password' }).click();
      await sees(page, 'Your password was changed');
      const other = await stage.openWindow();
      await signInToPortal(stage, other, 'cy@example.com');
      await other.getByText('incorrect').waitFor();
      await portalOf(stage, 'cy@example.com', NEW_PASSWORD);
    },
  );

  procedure(
    {
      title: 'To register your device for use with MFA',
      where: '`/{i}/start/mfa-devices`',
    },
    async (stage) => {
      const { server } = stage;
      const page = await portalOf(stage, 'cy@example.com');
      await page.getByRole('link', { name: 'MFA devices' }).first().click();
      await sees(page, 'Multi-factor authentication (MFA) devices');
      await page.getByRole('link', { name: 'Register device' }).click();
      await sees(page, 'Register MFA device');
      await page.getByRole('button', { name: /^Authenticator app/ }).click();
      await sees(page, 'Set up the authenticator app');
      await page.getByText('Show QR code').click();
      await page.getByRole('img', { name: /^QR code/ }).waitFor();
      await page.getByText('Show secret key').click();
      const secret = ((await page.locator('.v-secret code').textContent()) ?? '').replaceAll(' ', '');
      await page.getByLabel('Authenticator code').fill(totpCode(secret, server.clock.now()));
      await page.getByRole('button', { name: 'Assign MFA' }).click();
      await sees(page, 'Your device is registered');
      assert.equal((await devicesOf(server, 'cy@example.com')).length, 1);

      const other = await stage.openWindow();
      await signInToPortal(stage, other, 'cy@example.com');
      await sees(other, 'Enter your verification code');
      server.clock.advance(30_000);
      await other.getByLabel('Authenticator code').fill(totpCode(secret, server.clock.now()));
      await other.getByRole('button', { name: 'Sign in' }).click();
      await sees(other, 'Applications');
    },
  );

  procedure(
    {
      title: 'Issues regarding contents of SAML assertions',
      where: 'a tile of `/{i}/start`, chosen while Shift is held',
      differs: 'It works by keyboard too, and without the Shift key: `/{i}/start?administrator`.',
    },
    async (stage) => {
      const page = await portalOf(stage, 'cy@example.com');
      const context = page.context();
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const opening = context.waitForEvent('page');
      await page.getByRole('link', { name: /^Orchard Notes/ }).click({ modifiers: ['Shift'] });
      const shown = await opening;
      await sees(shown, 'You are now in administrator mode');
      await shown
        .getByRole('row', { name: /cy@example\.com/ })
        .first()
        .waitFor();
      await shown.getByRole('button', { name: 'Copy XML' }).first().click();
      await shown.getByText('Copied').first().waitFor();
      const copied = await shown.evaluate<string>('navigator.clipboard.readText()');
      await shown.getByRole('button', { name: 'Send to Orchard Notes' }).click();
      await sees(shown, 'Hello, Cy Young');
      assert.equal((await received(context)).xml, copied, 'what was copied is what was sent');
    },
  );
});
