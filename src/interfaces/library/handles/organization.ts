import { listEvents } from '../../../domain/audit/store.ts';
import { totpCode } from '../../../domain/credentials/mfa/totp/totp.ts';
import { totpSecretSchema } from '../../../domain/credentials/mfa/totp/secret.ts';
import type { OrganizationFile } from '../../../administration/organization-file/read/schema.ts';
import { deleteOrganization, updateInstanceSettings } from '../../../domain/organizations/commands.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import { mergeSettings } from '../../../domain/organizations/settings.ts';
import { beginSession } from '../../../administration/operations/sessions.ts';
import { sessionCookie } from '../../../flows/visit/session-cookie.ts';
import { readAllPages, type PageRequest } from '../../../foundation/storage/paging.ts';
import { createApplications } from './applications.ts';
import { createBrowser } from '../browser/browser.ts';
import { libraryCaller } from './calls.ts';
import { createClockHandle } from './clock.ts';
import type { OrganizationSource } from '../types/content.ts';
import { createCookieJar } from '../browser/cookies.ts';
import { createMfaDevices, createSessions } from './credentials.ts';
import { VestibuleError } from '../error.ts';
import { createGroups } from './groups.ts';
import type { Browser, Organization, Page, UserReference } from '../types/handles.ts';
import { formsOf } from '../browser/html.ts';
import { createMailbox } from './mailbox.ts';
import { restoreOrganization } from './make-organization.ts';
import { handleContextOf, type HandleContext, type ServerContext } from './context.ts';
import { readSource, refused } from '../source.ts';
import { createUsers, requireUserBy } from './users.ts';

const MAX_EVENTS = 1000;

/** Creates the handle of an organization. `source` is the source from which it was created, if any. */
export function createOrganizationHandle(
  server: ServerContext,
  instance: Instance,
  source: OrganizationSource | undefined,
): Organization {
  const context = handleContextOf(server, instance.organization.id);
  const { needs, call, open, publicUrl, port } = context;
  const { id } = instance.organization;
  const { directoryId } = instance;
  return {
    id,
    directoryId,
    portalUrl: `${publicUrl.origin}/${instance.alias ?? directoryId}/start`,
    users: createUsers(context),
    groups: createGroups(context),
    mailbox: createMailbox(context),
    applications: createApplications(context),
    mfaDevices: createMfaDevices(context),
    sessions: createSessions(context),
    clock: createClockHandle(context),
    settings: {
      get: () => call(async () => (await open()).instance.settings),
      update: (change) =>
        call(async () => {
          const { instance: now, run } = await open();
          const merged = mergeSettings(now.settings, change);
          return (await run((work) => updateInstanceSettings(work, now, merged))).settings;
        }),
    },
    events: (filter = {}) =>
      call(async () => {
        const read = (page: PageRequest) => listEvents(needs.db.read, id, filter, page);
        return (await readAllPages(read, MAX_EVENTS)).map((record) => ({ ...record }));
      }),
    browser: () => createBrowser({ publicUrl, port, jar: createCookieJar(publicUrl) }),
    signIn: (user, { password, totpSecret } = {}) =>
      call(() =>
        password === undefined
          ? openSession(context, user)
          : signInThroughPages(context, user, password, totpSecret),
      ),
    apply: (given) => call(async () => applyTo(context, given, await readSource(given))),
    reset: () =>
      call(async () => {
        // Read first, so that the organization isn't emptied if the file can no longer be read.
        const file = source === undefined ? undefined : await readSource(source);
        await restoreOrganization(await open(), instance);
        if (file && source !== undefined) await applyTo(context, source, file);
      }),
    delete: () =>
      call(async () => {
        const { organization, run } = await open();
        await run((work) => deleteOrganization(work, organization));
      }),
  };
}

/**
 * Applies a source to an existing organization. Throws a VestibuleError with the faults that only show
 * against its data.
 */
export async function applyTo(
  { apply, needs, organizationId }: HandleContext,
  source: OrganizationSource,
  file: OrganizationFile,
): Promise<void> {
  const applied = await apply(file, { organization: organizationId, origin: libraryCaller(needs.ids) });
  if (!applied.ok) throw refused(applied.faults, source);
}

async function openSession(
  { needs, open, publicUrl, port }: HandleContext,
  user: UserReference,
): Promise<Browser> {
  const opened = await open();
  const { id } = await requireUserBy(needs.db.read, opened.instance, user);
  const cookies = await beginSession(needs, opened, id);
  return createBrowser({ publicUrl, port, jar: createCookieJar(publicUrl, cookies) });
}

const hasField = async ({ body }: Page, name: string) =>
  (await formsOf(body)).some(({ fields }) => Object.hasOwn(fields, name));

async function signInThroughPages(
  { needs, open, publicUrl, port }: HandleContext,
  user: UserReference,
  password: string,
  totpSecret: string | undefined,
): Promise<Browser> {
  const { instance, times } = await open();
  const { userName } = await requireUserBy(needs.db.read, instance, user);
  const jar = createCookieJar(publicUrl);
  const browser = createBrowser({ publicUrl, port, jar });
  const userNamePage = await browser.visit(`/${instance.directoryId}/start`);
  const passwordPage = await browser.submit(userNamePage, { username: userName });
  const isSignedIn = async () =>
    (await jar.headerFor(publicUrl, { crossSite: false }))?.includes(`${sessionCookie(instance)}=`) ?? false;
  let page = await browser.submit(passwordPage, { password });
  if (totpSecret !== undefined && !(await isSignedIn()) && (await hasField(page, 'code'))) {
    page = await browser.submit(page, {
      code: await totpCode(totpSecretSchema.parse(totpSecret), times.wireAt),
    });
  }
  if (await isSignedIn()) return browser;
  throw new VestibuleError(
    'AccessDeniedException',
    `${userName} could not sign in: ${page.url} (${page.status}).`,
  );
}
