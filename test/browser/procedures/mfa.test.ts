import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { devicesOf } from '../../support/mfa/registration.ts';
import { totpCode } from '../../support/mfa/totp-code.ts';
import { addApp, codeNow } from '../../support/mfa/mfa.ts';
import { sees } from '../../support/browser/organization.ts';
import { addAuthenticator } from '../../support/browser/virtual-authenticator.ts';
import { openConsole, openMail, portalOf, signInToPortal } from '../../support/procedures/people.ts';
import { procedure, type Stage } from '../../support/procedures/procedure.ts';

const CY = 'cy@example.com';
const PORTAL_TITLE = 'Multi-factor authentication (MFA) devices';
const DEVICES = '`/{i}/console/users/{user}/mfa-devices`';
const ROW_ACTIONS = 'Each device of the list has its own Rename and Delete, so no device is selected first.';

/** Steps 1 to 3 of the procedures about settings. */
async function configure(stage: Stage): Promise<void> {
  const { page } = stage;
  await openConsole(stage);
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Settings' }).click();
  await sees(page, 'Settings');
  const section = page.getByRole('region', { name: 'Multi-factor authentication' });
  await section.getByRole('link', { name: 'Configure' }).click();
  await sees(page, 'Configure multi-factor authentication');
}

/** The last step of the procedures about settings. */
async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('The settings of multi-factor authentication were saved.').waitFor();
}

/** Steps 1 and 2, and the tab of step 3, of the procedures about a user's device. */
async function openDevices(stage: Stage): Promise<void> {
  const { page } = stage;
  await openConsole(stage);
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Users' }).click();
  await sees(page, 'Users');
  await page.getByRole('link', { name: CY }).click();
  await page.getByRole('navigation', { name: 'User' }).getByRole('link', { name: 'MFA devices' }).click();
  await page.getByRole('heading', { name: 'MFA devices', exact: true }).waitFor();
}

/** A window in which Cy has given name and password. */
async function cySignsIn(stage: Stage): Promise<Page> {
  const page = await stage.openWindow();
  await signInToPortal(stage, page, CY);
  return page;
}

/** Gives a window the code that an app with this secret shows next: each works once. */
async function giveCode({ server }: Stage, page: Page, secret?: string): Promise<void> {
  await sees(page, 'Enter your verification code');
  server.clock.advance(30_000);
  const code = secret === undefined ? codeNow(server) : totpCode(secret, server.clock.now());
  await page.getByLabel('Authenticator code').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await sees(page, 'Applications');
}

const secretOn = async (page: Page) => {
  await page.getByText('Show secret key').click();
  return ((await page.locator('.v-secret code').textContent()) ?? '').replaceAll(' ', '');
};

describe('procedures of multi-factor authentication', () => {
  procedure({ title: 'To enable MFA', where: '`/{i}/console/settings/mfa`' }, async (stage) => {
    const { server, page } = stage;
    await addApp(server, CY);
    await server.organization.settings.update({ mfa: { mode: 'disabled' } });
    await portalOf(stage, CY);
    await configure(stage);
    await page.getByRole('radio', { name: 'Every time they sign in (always-on)' }).check();
    await save(page);
    await giveCode(stage, await cySignsIn(stage));
  });

  procedure({ title: 'To disable MFA', where: '`/{i}/console/settings/mfa`' }, async (stage) => {
    const { server, page } = stage;
    await addApp(server, CY);
    await sees(await cySignsIn(stage), 'Enter your verification code');
    await configure(stage);
    await page.getByRole('radio', { name: 'Never (disabled)' }).check();
    await save(page);
    await portalOf(stage, CY);
  });

  procedure(
    { title: 'To configure MFA types for your users', where: '`/{i}/console/settings/mfa`' },
    async (stage) => {
      const { page } = stage;
      await configure(stage);
      const types = page.getByRole('group', { name: 'Users can authenticate with these MFA types' });
      await types.getByLabel('Security keys and built-in authenticators').uncheck();
      await types.getByLabel('Authenticator apps').check();
      await save(page);
      const portal = await portalOf(stage, CY);
      await portal.getByRole('link', { name: 'MFA devices' }).first().click();
      await portal.getByRole('link', { name: 'Register device' }).click();
      await sees(portal, 'Register MFA device');
      await portal.getByRole('button', { name: /^Authenticator app/ }).waitFor();
      assert.equal(await portal.getByRole('button', { name: /^Security key/ }).count(), 0);
    },
  );

  procedure(
    { title: 'To configure MFA device enforcement for your users', where: '`/{i}/console/settings/mfa`' },
    async (stage) => {
      const { server, page } = stage;
      const enforce = async (choice: string) => {
        await configure(stage);
        await page.getByRole('radio', { name: choice }).check();
        await save(page);
      };
      await portalOf(stage, CY);
      await enforce('Block their sign-in');
      await (
        await cySignsIn(stage)
      )
        .getByText(/contact your administrator/i)
        .first()
        .waitFor();

      await enforce('Require them to provide a one-time password sent by email to sign in');
      const byMail = await cySignsIn(stage);
      const mails = await stage.openWindow();
      await byMail.getByLabel('Verification code').waitFor();
      await openMail(stage, mails, CY);
      const [code = ''] = /\b\d{6}\b/.exec(await mails.locator('body').innerText()) ?? [];
      await byMail.getByLabel('Verification code').fill(code);
      await byMail.getByRole('button', { name: 'Sign in' }).click();
      await sees(byMail, 'Applications');

      await enforce('Require them to register an MFA device at sign in');
      const registering = await cySignsIn(stage);
      await sees(registering, 'Register MFA device');
      await registering.getByRole('button', { name: /^Authenticator app/ }).click();
      const secret = await secretOn(registering);
      await registering.getByLabel('Authenticator code').fill(totpCode(secret, server.clock.now()));
      await registering.getByRole('button', { name: 'Assign MFA' }).click();
      await sees(registering, 'Name your device');
      await registering.getByRole('button', { name: 'Skip' }).click();
      await sees(registering, 'Applications');

      await enforce('Allow them to sign in');
      for (const { id } of await devicesOf(server, CY)) await server.organization.mfaDevices.delete(CY, id);
      await portalOf(stage, CY);
    },
  );

  procedure(
    { title: 'To allow users to register their own MFA devices', where: '`/{i}/console/settings/mfa`' },
    async (stage) => {
      const { server, page } = stage;
      await server.organization.settings.update({ mfa: { selfService: false } });
      const portal = await portalOf(stage, CY);
      await portal.getByRole('link', { name: 'MFA devices' }).first().click();
      await sees(portal, PORTAL_TITLE);
      assert.ok(await portal.getByRole('button', { name: 'Register device' }).isDisabled());
      await configure(stage);
      const who = page.getByRole('group', { name: 'Who can manage MFA devices' });
      await who.getByLabel('Users can add and manage their own MFA devices').check();
      await save(page);
      await portal.reload();
      await portal.getByRole('link', { name: 'Register device' }).click();
      await sees(portal, 'Register MFA device');
    },
  );

  procedure(
    {
      title: 'To register an MFA device',
      where: DEVICES,
      differs: 'The list of devices follows, where Rename gives the new one a name.',
    },
    async (stage) => {
      const { server, page } = stage;
      await openDevices(stage);
      await page.getByRole('link', { name: 'Register MFA device' }).click();
      await sees(page, 'Register MFA device');
      await page.getByRole('button', { name: /^Authenticator app/ }).click();
      await sees(page, 'Set up the authenticator app');
      await page.getByText('Show QR code').click();
      await page.getByRole('img', { name: /^QR code/ }).waitFor();
      const secret = await secretOn(page);
      await page.getByLabel('Authenticator code').fill(totpCode(secret, server.clock.now()));
      await page.getByRole('button', { name: 'Assign MFA' }).click();
      await page.getByText('The device was registered.').waitFor();
      await giveCode(stage, await cySignsIn(stage), secret);

      await addAuthenticator(page, { transport: 'usb', verifies: true });
      await page.getByRole('link', { name: 'Register MFA device' }).click();
      await page.getByRole('button', { name: /^Security key/ }).click();
      await sees(page, 'Register your user’s security key');
      await page.getByRole('button', { name: 'Register this device' }).click();
      await page.getByRole('link', { name: 'Rename Security key' }).click();
      await page.getByLabel('Device name').fill('Blue key');
      await page.getByRole('button', { name: 'Rename' }).click();
      await page.getByText('The device was renamed.').waitFor();
      const names = (await devicesOf(server, CY)).map(({ name }) => name);
      assert.deepEqual(names, ['Authenticator app', 'Blue key']);
    },
  );

  procedure({ title: 'To rename an MFA device', where: DEVICES, differs: ROW_ACTIONS }, async (stage) => {
    const { server, page } = stage;
    await addApp(server, CY);
    await openDevices(stage);
    await page.getByRole('link', { name: /^Rename/ }).click();
    await sees(page, 'Rename MFA device');
    await page.getByLabel('Device name').fill('Red phone');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { name: 'Red phone' }).waitFor();
    const portal = await cySignsIn(stage);
    await giveCode(stage, portal);
    await portal.getByRole('link', { name: 'MFA devices' }).first().click();
    await portal.getByRole('heading', { name: 'Red phone' }).waitFor();
  });

  procedure({ title: 'To delete an MFA device', where: DEVICES, differs: ROW_ACTIONS }, async (stage) => {
    const { server, page } = stage;
    await addApp(server, CY);
    await sees(await cySignsIn(stage), 'Enter your verification code');
    await openDevices(stage);
    await page.getByRole('link', { name: /^Delete/ }).click();
    await sees(page, 'Delete MFA device');
    await page.getByLabel('Type DELETE to confirm').fill('DELETE');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { name: 'No MFA devices' }).waitFor();
    await portalOf(stage, CY);
  });
});
