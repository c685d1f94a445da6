import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { DAY_MS } from '../../../src/foundation/platform/clock.ts';
import { control } from '../../support/mail/mailbox.ts';
import { base64Of } from '../../support/applications/certificates.ts';
import { openApplication, openConsole, portalOf } from '../../support/procedures/people.ts';
import { procedure, type Stage } from '../../support/procedures/procedure.ts';

/** “Choose Applications. In the list of applications, choose the application …” */
async function chooseApplication(stage: Stage, name: string): Promise<Page> {
  const { page } = stage;
  await openConsole(stage, '/applications');
  await page.getByRole('link', { name: 'Applications' }).first().click();
  await page.getByRole('link', { name, exact: true }).click();
  return page;
}

describe('procedures of an application’s mappings and certificates', () => {
  procedure(
    {
      title: 'To map application attributes to attributes in AWS SSO',
      where: '`/{i}/console/applications`, an application, the tab “Attribute mappings”',
      differs: 'A preview beside the table shows the assertion about a user while you type, before you save.',
    },
    async (stage) => {
      const page = await chooseApplication(stage, 'Orchard Notes');
      await page.getByRole('link', { name: 'Attribute mappings' }).click();
      await page.getByRole('button', { name: 'Add new attribute mapping' }).click();
      await page.getByLabel('Mapping 3: user attribute in the application').fill('Username');
      await page.getByLabel('Mapping 3: value').fill('${user:email}');
      await page.getByLabel('Mapping 3: format').selectOption('uri');
      const preview = page.getByRole('complementary', { name: 'Preview' });
      await preview.getByText('Username').last().waitFor();
      await preview.getByLabel('Username').fill('cy@example.com');
      await preview.locator('.v-sent').getByText('cy@example.com').first().waitFor();
      await page.getByRole('button', { name: 'Save changes' }).last().click();
      await page.getByText('The attribute mappings were saved.').waitFor();

      const { assertion } = await openApplication(await portalOf(stage, 'cy@example.com'), 'Orchard Notes');
      assert.deepEqual(assertion.attributes['Username'], ['cy@example.com']);
      assert.match(assertion.xml, /Name="Username" NameFormat="[^"]*:uri"/);
    },
  );

  procedure(
    {
      title: 'Rotate an AWS SSO certificate',
      where: '`/{i}/console/applications`, an application, “Manage certificate”',
      differs:
        'The commands stand beside each certificate rather than in a menu “Actions”. The instructions of the second step have a tab of their own.',
    },
    async (stage) => {
      const page = await chooseApplication(stage, 'Orchard Notes');
      const portal = await portalOf(stage, 'cy@example.com');
      const signedWith = async () => {
        const { tab, assertion } = await openApplication(portal, 'Orchard Notes');
        // The sample verifies signatures, and greets only those whose response is good.
        await tab.close();
        return /<ds:X509Certificate>([^<]+)</.exec(assertion.xml)?.[1]?.replace(/\s/g, '');
      };
      const before = await signedWith();

      // Step 1: Generate a new certificate.
      await page.getByRole('link', { name: 'Manage certificate' }).click();
      await page.getByRole('link', { name: 'Generate new certificate' }).click();
      await page.getByLabel('Validity period').fill('36');
      await page.getByLabel('SHA-256').check();
      await page.getByLabel('2048-bit RSA').check();
      await page.getByRole('button', { name: 'Generate' }).click();
      await page.getByText('The certificate was generated.').waitFor();
      assert.equal(await signedWith(), before);

      // Step 2: Update the service provider's website. The sample trusts whatever is active.
      const row = page.getByRole('row', { name: 'Inactive' });
      const downloading = page.waitForEvent('download');
      await row.getByRole('link', { name: 'Download' }).click();
      const downloaded = await downloading;
      assert.equal(downloaded.suggestedFilename(), 'notes.pem');
      const pem = readFileSync(await downloaded.path(), 'utf8');
      const manage = page.url();
      await page.getByRole('link', { name: 'Configuration' }).first().click();
      await page.getByRole('link', { name: 'Instructions' }).first().click();
      await page
        .getByText(/certificate/i)
        .first()
        .waitFor();
      await page.goto(manage);

      // Step 3: Set the new certificate to active.
      await row.getByRole('link', { name: 'Set as active' }).click();
      await page.getByRole('button', { name: 'Make active' }).click();
      await page.getByText('Check the box').first().waitFor();
      await page.getByLabel(/^I understand that setting a certificate to active/).check();
      await page.getByRole('button', { name: 'Make active' }).click();
      await page.getByText('The certificate is active').waitFor();
      assert.equal(await signedWith(), base64Of(pem));

      // Step 4: Delete the old certificate.
      await page.getByRole('row', { name: 'Inactive' }).getByRole('link', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByText('The certificate was deleted.').waitFor();
      assert.equal(await page.getByRole('row', { name: 'Inactive' }).count(), 0);
      assert.equal(await signedWith(), base64Of(pem));
    },
  );

  procedure(
    {
      title: 'To check the current status of a certificate',
      where: '`/{i}/console/applications`, the column “Expires on”; the tab “AWS SSO certificate” says more',
      differs: 'Words and icons say what the colours mean.',
    },
    async (stage) => {
      const { server, page } = stage;
      await openConsole(stage, '/applications');
      await page.getByText('Expires on').first().waitFor();
      const says = async (words: RegExp) => {
        const row = page.getByRole('row', { name: /Orchard Notes/ });
        assert.match((await row.textContent()) ?? '', words);
        const portal = await portalOf(stage, 'cy@example.com');
        return openApplication(portal, 'Orchard Notes');
      };
      const { assertion } = await says(/, valid/);
      assert.equal(assertion.nameId, 'cy@example.com');
      const at = (days: number) => new Date(server.clock.now() + days * DAY_MS).toISOString();
      await control(server, 'POST', '/clock/set', { now: at(5 * 365 - 60) });
      await openConsole(stage, '/applications');
      await says(/, ends in 90 days or less/);
      await control(server, 'POST', '/clock/set', { now: at(5 * 366) });
      await openConsole(stage, '/applications');
      // An expired certificate still signs, as at AWS.
      await says(/, expired/);
    },
  );
});
