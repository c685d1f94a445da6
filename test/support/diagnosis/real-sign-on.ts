import type { Browser, Page } from '../../../src/interfaces/library/types/browser.ts';
import type { Organization } from '../../../src/interfaces/library/types/handles.ts';

/** Who signs in, with what. */
export interface SigningIn {
  readonly userName: string;
  readonly password: string;
  /** The secret of an authenticator app. */
  readonly totpSecret?: string | undefined;
}

/** More pages than a sign-on has. */
const MAX_PAGES = 12;
const ANOTHER_PASSWORD = 'Quite-Another-2026!';

/**
 * Opens an application in a new browser of the library, as a user would who knows the password and has the devices, and
 * does what each page asks. Whether an assertion is delivered in the end.
 */
export async function signOn(
  organization: Organization,
  applicationId: string,
  person: SigningIn,
): Promise<boolean> {
  const browser = organization.browser();
  let page = await browser.visit(`/${organization.directoryId}/saml/assertion/${applicationId}`);
  for (let count = 0; count < MAX_PAGES && page.response === undefined; count += 1) {
    const next = await goOn(organization, browser, page, person);
    if (!next || (next.url === page.url && next.body === page.body)) return false;
    page = next;
  }
  if (page.status !== 200 || page.response === undefined) return false;
  return Buffer.from(page.response.samlResponse, 'base64').toString().includes('<saml:Assertion');
}

/** Does what a page asks; undefined when it asks for nothing, or for what the user has given already. */
async function goOn(
  organization: Organization,
  browser: Browser,
  page: Page,
  { userName, password, totpSecret }: SigningIn,
): Promise<Page | undefined> {
  const asks = (name: string) => page.body.includes(`name="${name}"`);
  if (page.status >= 400) return undefined;
  if (asks('newPassword')) {
    const typed = { newPassword: ANOTHER_PASSWORD, confirmPassword: ANOTHER_PASSWORD };
    return browser.submit(page, typed);
  }
  if (asks('password')) return browser.submit(page, { password });
  if (asks('skip')) return browser.submit(page, { skip: 'yes' });
  if (asks('code')) {
    const code = await codeFor(organization, page, totpSecret);
    return code === undefined ? undefined : browser.submit(page, { code });
  }
  if (asks('type')) return chooseApp(browser, page);
  if (asks('username')) return browser.submit(page, { username: userName });
  return undefined;
}

/** Presses the button that chooses an authenticator app: buttons aren’t fields. */
function chooseApp(browser: Browser, { body }: Page): Promise<Page> | undefined {
  const [, action] = /<form[^>]* action="([^"]*\/register)"/.exec(body) ?? [];
  const [, csrf] = /name="csrf" value="([^"]*)"/.exec(body) ?? [];
  if (action === undefined || csrf === undefined) return undefined;
  return browser.submit(action, { csrf, type: 'TOTP' });
}

/** The code of the device that the page registers or asks for, or that was mailed. */
async function codeFor(
  organization: Organization,
  { body }: Page,
  totpSecret: string | undefined,
): Promise<string | undefined> {
  const [, shown] = /<code>([A-Z2-7 ]{32,})<\/code>/.exec(body) ?? [];
  if (shown !== undefined) return organization.mfaDevices.code(shown.replaceAll(' ', ''));
  if (body.includes('code that we sent you')) {
    const [mail] = await organization.mailbox.list();
    return /\b\d{6}\b/.exec(mail?.text ?? '')?.[0];
  }
  return totpSecret === undefined ? undefined : organization.mfaDevices.code(totpSecret);
}
