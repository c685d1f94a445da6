import { findInstanceOf, findOrganization } from '../organizations/store.ts';
import { notFound } from '../platform/errors.ts';
import { deleteOrganization } from '../organizations/commands.ts';
import { askerOf } from './calls.ts';
import type { OrganizationSource } from './content.ts';
import type { Organization } from './handles.ts';
import { makeOrganization } from './make-organization.ts';
import { applyTo, createOrganizationHandle } from './organization.ts';
import { reachOf, type ServerReach } from './reach.ts';
import { readSource, refused } from './source.ts';

/** The organizations of a running server. */
export interface Organizations {
  /** The default one: as the source declares it, as the database has it, or empty. */
  openDefault(source: OrganizationSource | undefined): Promise<Organization>;
  create(source?: OrganizationSource): Promise<Organization>;
}

export function createOrganizations(server: ServerReach): Organizations {
  const { operator, apply, call, inMemory } = server;
  let made = 0;
  const nextOrdinal = () => (inMemory ? (made += 1) : undefined);

  return {
    openDefault: (source) =>
      call(async () => {
        const ordinal = nextOrdinal();
        if (source !== undefined) {
          const applied = await apply(await readSource(source), { origin: askerOf(operator.ids) });
          if (!applied.ok) throw refused(applied.faults, source);
          return createOrganizationHandle(server, applied.instance, source);
        }
        const found = await findOrganization(operator.db.read, 'default');
        const instance = found
          ? await findInstanceOf(operator.db.read, found.id)
          : await makeOrganization(operator, { isDefault: true, ordinal });
        if (!instance) throw notFound('The identity centre of the default organization');
        return createOrganizationHandle(server, instance, undefined);
      }),
    create: (source) =>
      call(async () => {
        const file = source === undefined ? undefined : await readSource(source);
        const instance = await makeOrganization(operator, { isDefault: false, ordinal: nextOrdinal(), file });
        if (source === undefined || !file) return createOrganizationHandle(server, instance, undefined);
        const reach = reachOf(server, instance.organization.id);
        try {
          await applyTo(reach, source, file);
        } catch (error) {
          // All or nothing: an organization that only its name was made of is in nobody's way.
          const { organization, run } = await reach.open();
          await run((work) => deleteOrganization(work, organization));
          throw error;
        }
        return createOrganizationHandle(server, (await reach.open()).instance, source);
      }),
  };
}
