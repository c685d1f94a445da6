import assert from 'node:assert/strict';
import { renderPage } from '../../../../src/foundation/http/render.ts';
import { GUIDE, type GuideTitle } from '../../../../views/components/console/guide.ts';
import type { PageContext } from '../../../../views/page-context.tsx';
import { pageSamples } from '../../../support/pages/page-samples.ts';

const page: PageContext = { nonce: 'n', assets: (name) => name, instanceName: 'Example Corp' };

/** Appended to a name: the page in any of its states. */
const STATES = '(-(done|new|error|empty|none|none-found|read-only|conflict|disabled|part|search|removed))*';

/** The pages of the console on which each procedure of the guide is done, by the names of their samples. */
const PAGES: Partial<Record<GuideTitle, readonly string[]>> = {
  'To enable AWS SSO': ['organizations', 'enable', 'create-organization'],
  'To add a user': ['users(-none-selected)?', 'user-add(-groups|-no-groups)?', 'user-added'],
  'To add a group': ['groups', 'group-create'],
  'To add a user as a member of a group': [
    ...['group', 'group-members', 'group-add-users'],
    ...['user-groups', 'user-groups-add'],
  ],
  'To edit user properties': ['user(-throttled)?', 'user-edit'],
  'To disable a user': ['user(-throttled)?', 'user-disable', 'users-selected-disable'],
  'To reset a user password': ['user(-throttled)?', 'user-reset-password', 'user-password-reset'],
  'To disable or enable your application': ['application'],
  'To force-remove an AWS application': ['application-remove'],
  'To add and configure a cloud application': [
    ...['applications', 'application-catalogue', 'application-configure', 'application-review'],
    ...['application', 'application-edit', 'application-metadata', 'application-metadata-review'],
  ],
  'To add and configure a custom SAML application': [
    ...['applications', 'application-catalogue', 'application-configure-custom'],
    ...['application', 'application-edit', 'application-metadata', 'application-metadata-review'],
  ],
  'Rotate an AWS SSO certificate': ['certificates(-one|-rehearsed)?'],
  'Step 1: Generate a new certificate.': ['certificate-generate'],
  "Step 2: Update the service provider's website.": ['certificate', 'application-instructions'],
  'Step 3: Set the new certificate to active.': ['certificate-activate', 'certificate-rehearsal'],
  'Step 4: Delete the old certificate.': ['certificate-delete'],
  'To check the current status of a certificate': ['applications', 'certificates(-one|-rehearsed)?'],
  'To assign access to users or groups': [...['application-(users|groups)', 'application-assign(-nobody)?']],
  'To remove user access from an application': ['application-(users|groups)', 'application-remove-access'],
  'To map application attributes to attributes in AWS SSO': ['mappings(-saved)?'],
  'To customize your URL': ['settings', 'url(-customized)?'],
  'To delete your AWS SSO configuration': ['settings', 'delete-configuration'],
  'To enable MFA': ['mfa'],
  'To configure MFA types for your users': ['mfa'],
  'To configure MFA device enforcement for your users': ['mfa'],
  'To allow users to register their own MFA devices': ['mfa'],
  'To disable MFA': ['mfa'],
  'To register an MFA device': ['mfa-devices', 'mfa-device-register(-app|-key)?'],
  'To rename an MFA device': ['mfa-devices', 'mfa-device-rename'],
  'To delete an MFA device': ['mfa-devices', 'mfa-device-delete'],
};

const samples = Object.entries(pageSamples).flatMap(([name, make]) => {
  const html = renderPage(make(page));
  return html.includes('v-look-console') ? [{ name: name.replace(/^console-/, ''), html }] : [];
});

const titlesIn = (html: string): string[] =>
  [...html.matchAll(/<\/svg>In the guide: ([^<]+)<\/summary>/g)].map(([, title]) =>
    (title ?? '').replaceAll('&#39;', "'"),
  );

describe('“In the guide” on the pages of the console', () => {
  for (const { name, html } of samples)
    it(`${name} has the procedures that are done there, or says that the guide has none`, () => {
      const expected = Object.entries(PAGES)
        .filter(([, pages]) => new RegExp(`^(${pages.join('|')})${STATES}$`).test(name))
        .map(([title]) => title);
      assert.deepEqual(titlesIn(html).sort(), expected.sort());
      assert.equal(html.includes('The guide has no procedure for this page.'), expected.length === 0);
    });

  it('leaves out no procedure that an administrator does', () => {
    const ofUsers = [
      ...['To activate your account', 'To sign in to the user portal', 'To sign out of the user portal'],
      'To search for an AWS account or application in the user portal',
      ...['To reset your password', 'To register your device for use with MFA'],
      'Issues regarding contents of SAML assertions',
    ];
    const shown = new Set(samples.flatMap(({ html }) => titlesIn(html)));
    assert.deepEqual(
      Object.keys(GUIDE)
        .filter((title) => !ofUsers.includes(title))
        .sort(),
      [...shown].sort(),
    );
  });
});
