import { z } from 'zod';
import { totpCode } from '../../../domain/credentials/mfa/totp/totp.ts';
import { totpSecretSchema } from '../../../domain/credentials/mfa/totp/secret.ts';
import { beginSession } from '../../../administration/operations/sessions.ts';
import { sessionCookie } from '../../../flows/visit/session-cookie.ts';
import { createBrowser } from '../browser/browser.ts';
import { createCookieJar, type CookieJar } from '../browser/cookies.ts';
import { formsOf } from '../browser/html.ts';
import { saidBy } from '../browser/page-text.ts';
import { VestibuleError } from '../error.ts';
import type { Browser, Page } from '../types/browser.ts';
import type { UserReference } from '../types/directory.ts';
import type { HandleContext } from './context.ts';
import { requireUserBy } from './users.ts';

const optionsSchema = z
  .strictObject({ password: z.string().optional(), totpSecret: totpSecretSchema.optional() })
  .prefault({});

type SignInOptions = z.output<typeof optionsSchema>;

/** A browser with a new cookie jar, or with this one. */
export function newBrowser(
  { publicUrl, port, guard }: HandleContext,
  jar: CookieJar = createCookieJar(publicUrl),
): Browser {
  return createBrowser({ publicUrl, port, guard, jar });
}

/** A browser in which the user is signed in: through the pages if there is a password, otherwise directly. */
export async function signIn(context: HandleContext, user: UserReference, given: unknown): Promise<Browser> {
  const options = optionsSchema.parse(given);
  return options.password === undefined
    ? openSession(context, user)
    : signInThroughPages(context, user, options);
}

async function openSession(context: HandleContext, user: UserReference): Promise<Browser> {
  const opened = await context.open();
  const { id } = await requireUserBy(context.needs.db.read, opened.instance, user);
  const cookies = await beginSession(context.needs, opened, id);
  return newBrowser(context, createCookieJar(context.publicUrl, cookies));
}

async function signInThroughPages(
  context: HandleContext,
  user: UserReference,
  { password = '', totpSecret }: SignInOptions,
): Promise<Browser> {
  const { needs, open, publicUrl } = context;
  const { instance, times } = await open();
  const { userName } = await requireUserBy(needs.db.read, instance, user);
  const jar = createCookieJar(publicUrl);
  const browser = newBrowser(context, jar);
  const isSignedIn = async () =>
    (await jar.headerFor(publicUrl, { crossSite: false }))?.includes(`${sessionCookie(instance)}=`) ?? false;
  let page = await browser.visit(`/${instance.directoryId}/start`);
  page = await browser.submit(page, { username: userName });
  if (await hasField(page, 'password')) page = await browser.submit(page, { password });
  if (totpSecret !== undefined && !(await isSignedIn()) && (await hasField(page, 'code'))) {
    page = await browser.submit(page, { code: await totpCode(totpSecret, times.wireAt) });
  }
  if (await isSignedIn()) return browser;
  throw new VestibuleError('AccessDeniedException', await refusalOf(userName, page, totpSecret));
}

const hasField = async ({ body }: Page, name: string) =>
  (await formsOf(body)).some(({ fields }) => Object.hasOwn(fields, name));

/** Names the page where the sign-in ended by what it says, since its address and status explain nothing. */
async function refusalOf(userName: string, page: Page, totpSecret: string | undefined): Promise<string> {
  const needsCode = totpSecret === undefined && (await hasField(page, 'code'));
  const advice = needsCode ? ' Pass the secret of the user’s authenticator app as totpSecret.' : '';
  return `${userName} could not sign in. The page says: “${await saidBy(page.body)}”${advice}`;
}
