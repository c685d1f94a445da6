import { listEvents } from '../audit/store.ts';
import type { OrganizationFile } from '../organization-file/schema.ts';
import { deleteOrganization, updateInstanceSettings } from '../organizations/commands.ts';
import type { Instance } from '../organizations/organization.ts';
import { mergeSettings } from '../organizations/settings.ts';
import { beginSession } from '../operator/sessions.ts';
import { sessionCookie } from '../visit/session-cookie.ts';
import { createApplications } from './applications.ts';
import { createBrowser } from './browser.ts';
import { askerOf } from './calls.ts';
import type { OrganizationSource } from './content.ts';
import { createCookieJar } from './cookies.ts';
import { VestibuleError } from './error.ts';
import { createGroups } from './groups.ts';
import { createMailbox } from './mailbox.ts';
import type { Browser, Organization, UserReference } from './handles.ts';
import { putBack } from './make-organization.ts';
import { reachOf, type Reach, type ServerReach } from './reach.ts';
import { readSource, refused } from './source.ts';
import { createUsers, requireUserBy } from './users.ts';

const EVENTS = 1000;

/** The handle of an organization; `source` is what it was made of, when it was made of something. */
export function createOrganizationHandle(
  server: ServerReach,
  instance: Instance,
  source: OrganizationSource | undefined,
): Organization {
  const reach = reachOf(server, instance.organization.id);
  const { operator, call, open, publicUrl, port } = reach;
  const { id } = instance.organization;
  const { directoryId } = instance;
  return {
    id,
    directoryId,
    portalUrl: `${publicUrl.origin}/${instance.alias ?? directoryId}/start`,
    users: createUsers(reach),
    groups: createGroups(reach),
    mailbox: createMailbox(reach),
    applications: createApplications(reach),
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
        const { items } = await listEvents(operator.db.read, id, filter, { limit: EVENTS });
        return items.map((record) => ({ ...record }));
      }),
    browser: () => createBrowser({ publicUrl, port, jar: createCookieJar(publicUrl.hostname) }),
    signIn: (user, { password } = {}) =>
      call(() => (password === undefined ? withSession(reach, user) : throughPages(reach, user, password))),
    apply: (given) => call(async () => applyTo(reach, given, await readSource(given))),
    reset: () =>
      call(async () => {
        // Read first: nothing is emptied for a file that can't be put back.
        const file = source === undefined ? undefined : await readSource(source);
        await putBack(await open(), instance);
        if (file && source !== undefined) await applyTo(reach, source, file);
      }),
    delete: () =>
      call(async () => {
        const { organization, run } = await open();
        await run((work) => deleteOrganization(work, organization));
      }),
  };
}

/** Applies what a source declares to an organization that exists. Throws a VestibuleError with what only shows there. */
export async function applyTo(
  { apply, operator, organizationId }: Reach,
  source: OrganizationSource,
  file: OrganizationFile,
): Promise<void> {
  const applied = await apply(file, { organization: organizationId, origin: askerOf(operator.ids) });
  if (!applied.ok) throw refused(applied.faults, source);
}

async function withSession(
  { operator, open, publicUrl, port }: Reach,
  user: UserReference,
): Promise<Browser> {
  const opened = await open();
  const { id } = await requireUserBy(operator.db.read, opened.instance, user);
  const cookies = await beginSession(operator, opened, id);
  return createBrowser({ publicUrl, port, jar: createCookieJar(publicUrl.hostname, cookies) });
}

async function throughPages(
  { operator, open, publicUrl, port }: Reach,
  user: UserReference,
  password: string,
): Promise<Browser> {
  const { instance } = await open();
  const { userName } = await requireUserBy(operator.db.read, instance, user);
  const jar = createCookieJar(publicUrl.hostname);
  const browser = createBrowser({ publicUrl, port, jar });
  const asked = await browser.visit(`/${instance.directoryId}/start`);
  const passwordPage = await browser.submit(asked, { username: userName });
  const page = await browser.submit(passwordPage, { password });
  const cookie = jar.headerFor(publicUrl, { crossSite: false }) ?? '';
  if (cookie.includes(`${sessionCookie(instance)}=`)) return browser;
  throw new VestibuleError(
    'AccessDeniedException',
    `${userName} could not sign in: ${page.url} (${page.status}).`,
  );
}
