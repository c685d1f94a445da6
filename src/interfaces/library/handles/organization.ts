import type { OrganizationFile } from '../../../administration/organization-file/read/schema.ts';
import { deleteOrganization, updateInstanceSettings } from '../../../domain/organizations/commands.ts';
import { deleteInstance } from '../../../domain/organizations/delete-instance.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import { mergeSettings } from '../../../domain/organizations/settings.ts';
import { readAllPages } from '../../../foundation/storage/paging.ts';
import {
  changeOrganization,
  enableInstance,
  newInstanceSchema,
} from '../../../administration/operations/organizations.ts';
import { pageGrants } from '../../../domain/access/grant-list-store.ts';
import { aliasSchema } from '../../../domain/organizations/input.ts';
import { createApplications } from './applications.ts';
import { libraryCaller } from './context.ts';
import { createClockHandle } from './clock.ts';
import { createDiagnose } from './diagnose.ts';
import type { OrganizationSource } from '../types/content.ts';
import { createMfaDevices, createSessions } from './credentials.ts';
import { createGroups } from './groups.ts';
import { createImports } from './imports.ts';
import { createInstanceExchanges } from './instance-exchanges.ts';
import type { Organization } from '../types/handles.ts';
import { createHistory } from './history.ts';
import { createLogo } from './logo.ts';
import { createMailbox } from './mailbox.ts';
import { restoreOrganization } from './make-organization.ts';
import { handleContextOf, type HandleContext, type ServerContext } from './context.ts';
import { createPreviewApply } from './preview-apply.ts';
import { CHEAP_SETTINGS, readSource, refused } from '../source.ts';
import { newBrowser, signIn } from './sign-in.ts';
import { createSignIns } from './sign-ins.ts';
import { createUsers } from './users.ts';

/** Creates the handle of an organization. `source` is the source from which it was created, if any. */
export function createOrganizationHandle(
  server: ServerContext,
  instance: Instance,
  source: OrganizationSource | undefined,
): Organization {
  const context = handleContextOf(server, instance.organization.id);
  const { needs, guard, open, openOrganization } = context;
  const { id } = instance.organization;
  const { directoryId } = instance;
  const handle = guard<Omit<Organization, 'browser'>>({
    id,
    directoryId,
    portalUrl: `${context.publicUrl.origin}/${instance.alias ?? directoryId}/start`,
    users: createUsers(context),
    groups: createGroups(context),
    imports: createImports(context),
    mailbox: createMailbox(context),
    exchanges: createInstanceExchanges(context),
    applications: createApplications(context),
    mfaDevices: createMfaDevices(context),
    sessions: createSessions(context),
    clock: createClockHandle(context),
    settings: {
      get: async () => (await open()).instance.settings,
      update: async (change) => {
        const { instance: now, run } = await open();
        const merged = mergeSettings(now.settings, change);
        return (await run((work) => updateInstanceSettings(work, now, merged))).settings;
      },
    },
    logo: createLogo(context),
    ...createHistory(context),
    signIns: createSignIns(context),
    diagnose: createDiagnose(context),
    signIn: (user, options) => signIn(context, user, options),
    apply: async (given) => applyTo(context, given, await readSource(given)),
    previewApply: createPreviewApply(context),
    reset: async () => {
      // Read first, so that the organization isn't emptied if the file can no longer be read.
      const file = source === undefined ? undefined : await readSource(source);
      await restoreOrganization(await openOrganization(), instance);
      if (file && source !== undefined) await applyTo(context, source, file);
    },
    consoleAccess: async () => {
      const { instance: now } = await open();
      const granted = await readAllPages((page) => pageGrants(needs.db.read, now.id, page));
      return granted.map(({ grantee: { type, id: principalId }, name, access }) => ({
        ...{ principalType: type, principalId, name, access },
      }));
    },
    customizeUrl: async (alias) => {
      await changeOrganization(await open(), { alias: aliasSchema.parse(alias) });
      return `${context.publicUrl.origin}/${alias}/start`;
    },
    deleteConfiguration: async () => {
      const { instance: now, run } = await open();
      await run((work) => deleteInstance(work, now));
    },
    enable: async (given) => {
      const input = newInstanceSchema.prefault({}).parse(given);
      const settings = source === undefined ? CHEAP_SETTINGS : undefined;
      const enabled = await enableInstance(needs, await openOrganization(), { ...input, settings });
      return createOrganizationHandle(server, enabled, source);
    },
    delete: async () => {
      const { organization, run } = await openOrganization();
      await run((work) => deleteOrganization(work, organization));
    },
  });
  return { ...handle, browser: () => newBrowser(context) };
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
