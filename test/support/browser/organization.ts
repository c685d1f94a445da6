import type { Page } from 'playwright-core';

/** The users, applications and settings that the browser tests need. */
export const BROWSER_ORGANIZATION = `
version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {alias: demo, region: us-east-1}
settings:
  signIn: {passwordHashCost: 4, attemptsPerUser: 2}
groups:
  - {displayName: Engineering}
users:
  - {userName: ana@example.com, password: correct-Horse-7, email: ana@example.com, givenName: Ana, familyName: Souza, displayName: Ana Souza, groups: [Engineering]}
  - {userName: cy@example.com, password: correct-Horse-7, email: cy@example.com, givenName: Cy, familyName: Young, displayName: Cy Young}
  - {userName: newcomer@example.com, password: correct-Horse-7, email: newcomer@example.com, givenName: New, familyName: Comer, displayName: New Comer}
  - {userName: eli@example.com, password: correct-Horse-7, email: eli@example.com, givenName: Eli, familyName: Stone, displayName: Eli Stone}
  - {userName: fay@example.com, password: correct-Horse-7, email: fay@example.com, givenName: Fay, familyName: Stone, displayName: Fay Stone}
  - {userName: dora@example.com, password: correct-Horse-7, email: dora@example.com, givenName: Dora, familyName: Diaz, displayName: Dora Diaz, enabled: false}
applications:
  - key: notes
    displayName: Orchard Notes
    description: Everything your team wrote down
    icon: notebook
    serviceProvider: {sample: notes}
    subject: {value: "\${user:email}", format: emailAddress}
    attributes:
      - {name: displayName, value: "\${user:givenName} \${user:familyName}"}
      - {name: mail, value: "\${user:email}", format: basic}
    assignments: {groups: [Engineering], users: [cy@example.com]}
  - key: expenses
    displayName: Harbour Expenses
    description: Receipts and travel costs
    icon: receipt
    serviceProvider: {sample: expenses}
    relayState: /reports/new
    assignments: {groups: [Engineering]}
  - key: elsewhere
    displayName: Überblick
    serviceProvider: {entityId: "https://figures.example.com", acsUrls: ["https://figures.example.com/acs"]}
    assignments: {groups: [Engineering]}
`;

const PASSWORD = 'correct-Horse-7';

/** Enters the user name on the page that asks for it. */
export async function giveUserName(page: Page, userName: string): Promise<void> {
  await page.getByLabel('Username').fill(userName);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Enter your password' }).waitFor();
}

/** Enters the password on the page that asks for it. The caller waits for the next page. */
export async function givePassword(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Completes both steps of a sign-in. */
export async function signInAt(page: Page, userName: string, password = PASSWORD): Promise<void> {
  await giveUserName(page, userName);
  await givePassword(page, password);
}

/** Leaves a page that continues by itself with scripts, and by a button without them. */
export async function goOn(page: Page, button: string, scripts: boolean): Promise<void> {
  if (!scripts) await page.getByRole('button', { name: button }).click();
}

/** Waits until the page has this main heading. */
export function sees(page: Page, heading: string): Promise<void> {
  return page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/**
 * Goes back to the page with this main heading. It may take one step or two: whether the delivery page has an entry of
 * its own in the history depends on how far it had loaded when it sent its form.
 */
export async function goBackTo(page: Page, heading: string): Promise<void> {
  await page.goBack();
  const first = page.getByRole('heading', { level: 1 });
  await first.waitFor();
  if ((await first.textContent())?.trim() !== heading) await page.goBack();
  await sees(page, heading);
}
