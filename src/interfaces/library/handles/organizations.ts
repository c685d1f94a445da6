import { findOrganization } from '../../../domain/organizations/organization-store.ts';
import { findInstanceOf } from '../../../domain/organizations/instance-store.ts';
import { deleteOrganization } from '../../../domain/organizations/commands.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import {
  openOrganization,
  type OperationNeeds,
} from '../../../administration/operations/open-organization.ts';
import { enableInstance } from '../../../administration/operations/organizations.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { libraryCaller } from './context.ts';
import type { OrganizationSource } from '../types/content.ts';
import type { Organization } from '../types/handles.ts';
import { makeOrganization } from './make-organization.ts';
import { applyTo, createOrganizationHandle } from './organization.ts';
import { handleContextOf, type ServerContext } from './context.ts';
import { CHEAP_SETTINGS, DEFAULT_CONTENT, readSource, refused } from '../source.ts';

/** The organizations of a running server. */
export interface Organizations {
  /** Opens the default organization: as the source declares it, as the database holds it, or empty. */
  openDefault(source: OrganizationSource | undefined): Promise<Organization>;
  /** Creates another organization, as the source declares it or empty. */
  create(source?: OrganizationSource): Promise<Organization>;
}

export function createOrganizations(server: ServerContext): Organizations {
  const { needs, apply, inMemory } = server;
  let made = 0;
  const nextOrdinal = () => (inMemory ? (made += 1) : undefined);

  return {
    openDefault: async (source) => {
      const ordinal = nextOrdinal();
      if (source !== undefined) {
        const applied = await apply(await readSource(source), { origin: libraryCaller(needs.ids) });
        if (!applied.ok) throw refused(applied.faults, source);
        return createOrganizationHandle(server, applied.instance, source);
      }
      return createOrganizationHandle(server, await findOrMakeDefault(needs, ordinal), undefined);
    },
    create: async (source) => {
      const file = source === undefined ? undefined : await readSource(source);
      const instance = await makeOrganization(needs, { isDefault: false, ordinal: nextOrdinal(), file });
      if (source === undefined || !file) return createOrganizationHandle(server, instance, undefined);
      const handles = handleContextOf(server, instance.organization.id);
      try {
        await applyTo(handles, source, file);
      } catch (error) {
        // All or nothing: the organization is deleted if its source can't be applied.
        const { organization, run } = await handles.open();
        await run((work) => deleteOrganization(work, organization));
        throw error;
      }
      return createOrganizationHandle(server, (await handles.open()).instance, source);
    },
  };
}

async function findOrMakeDefault(needs: OperationNeeds, ordinal: number | undefined): Promise<Instance> {
  const present = await findDefault(needs);
  if (present) return present;
  try {
    return await makeOrganization(needs, { isDefault: true, ordinal });
  } catch (error) {
    // Another server on the same database, started at the same time, may have created it first.
    const made =
      error instanceof AppError && error.code === 'ConflictException' && (await findDefault(needs));
    if (made) return made;
    throw error;
  }
}

/** The default organization's instance, enabled if it was deleted; undefined when there is no such organization. */
async function findDefault(needs: OperationNeeds): Promise<Instance | undefined> {
  const { db, ids } = needs;
  const found = await findOrganization(db.read, 'default');
  if (!found) return undefined;
  const instance = await findInstanceOf(db.read, found.id);
  if (instance) return instance;
  return enableInstance(needs, await openOrganization(needs, libraryCaller(ids), found.id), {
    ...{ region: DEFAULT_CONTENT.instance.region, settings: CHEAP_SETTINGS },
  });
}
