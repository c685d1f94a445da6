import assert from 'node:assert/strict';
import { invitationMail, passwordResetMail } from '../../../src/domain/mail/messages.tsx';
import { renderPage } from '../../../src/foundation/http/render.ts';
import type { PageContext } from '../../../views/page-context.tsx';
import { pageSamples } from '../../support/pages/page-samples.ts';

const page: PageContext = {
  nonce: 'n',
  assets: (name) => `/assets/${name}`,
  instanceName: 'Example Corp',
};

type Kind = 'button' | 'link' | 'field' | 'heading' | 'opener';

/** The names that the guide prints in bold in its procedures for users, and our pages that have them. */
const NAMES: readonly (readonly [guidePage: number, name: string, kind: Kind, sample: string])[] = [
  [81, 'Update User', 'button', 'signin-invitation'],
  [82, 'Verification code', 'field', 'signin-email-code'],
  [82, 'This is a trusted device', 'field', 'signin-totp'],
  [82, 'Sign out', 'button', 'portal-home'],
  [83, 'Search', 'button', 'portal-home'],
  [83, 'Sign In', 'button', 'signin-password'],
  [83, 'Forgot Password?', 'link', 'signin-password'],
  [83, 'Username', 'field', 'signin-forgot-password'],
  [83, 'Recover Password', 'button', 'signin-forgot-password'],
  [83, 'Reset Password', 'button', 'signin-reset-password'],
  [85, 'MFA devices', 'link', 'portal-home'],
  [85, 'Multi-factor authentication (MFA) devices', 'heading', 'portal-mfa-devices'],
  [85, 'Register device', 'link', 'portal-mfa-devices'],
  [85, 'Register MFA device', 'heading', 'portal-register'],
  [85, 'Authenticator app', 'button', 'portal-register'],
  [85, 'Set up the authenticator app', 'heading', 'portal-register-app'],
  [85, 'Show QR code', 'opener', 'portal-register-app'],
  [85, 'Show secret key', 'opener', 'portal-register-app'],
  [85, 'Authenticator code', 'field', 'portal-register-app'],
  [85, 'Assign MFA', 'button', 'portal-register-app'],
  // The guide's “Register your user's security key” is for administrators.
  [85, 'Register your security key', 'heading', 'portal-register-key'],
  [85, 'Rename', 'link', 'portal-mfa-devices'],
  [85, 'Save', 'button', 'portal-device-rename'],
  [93, 'Delete', 'link', 'portal-mfa-devices'],
  [93, 'Delete', 'button', 'portal-device-delete'],
  [143, 'You are now in administrator mode', 'heading', 'idp-administrator'],
  [143, 'Copy XML', 'button', 'idp-administrator'],
  [143, 'Send to Orchard Wiki', 'button', 'idp-administrator'],
];

const ELEMENTS: Readonly<Record<Kind, string>> = {
  button: 'button',
  link: 'a',
  field: 'label',
  heading: 'h1',
  opener: 'summary',
};

/** The texts of the elements of a kind: all of each, and those of its parts. */
function textsOf(html: string, kind: Kind): string[] {
  const element = ELEMENTS[kind];
  const found = html.matchAll(new RegExp(`<${element}[ >].*?</${element}>`, 'gs'));
  return [...found].flatMap(([text]) => [
    text.replace(/<[^>]*>/g, ''),
    ...[...text.matchAll(/>([^<]+)</g)].map(([, part = '']) => part),
  ]);
}

describe('the names in the guide’s procedures', () => {
  for (const [guidePage, name, kind, sample] of NAMES)
    it(`p. ${guidePage}: “${name}” is a ${kind} of the page ${sample}`, () => {
      const make = pageSamples[sample];
      assert.ok(make, `There is no page ${sample}.`);
      assert.ok(textsOf(renderPage(make(page)), kind).includes(name));
    });
});

describe('the guide’s mails', () => {
  const user = { email: 'ana@example.com', userName: 'ana', displayName: 'Ana' };

  it('p. 81: “Invitation to join …”, with the button “Accept invitation”', () => {
    const mail = invitationMail(user, 'Example Corp', {
      href: 'https://sso.example.com/i',
      portalUrl: 'https://sso.example.com/start',
    });
    assert.equal(mail.subject, 'Invitation to join Example Corp');
    assert.ok(textsOf(mail.html, 'link').includes('Accept invitation'));
  });

  it('p. 83: “Reset Password Request”, with the button “Reset Password”', () => {
    const mail = passwordResetMail(user, 'Example Corp', 'https://sso.example.com/r');
    assert.equal(mail.subject, 'Reset Password Request for Example Corp');
    assert.ok(textsOf(mail.html, 'link').includes('Reset Password'));
  });
});
