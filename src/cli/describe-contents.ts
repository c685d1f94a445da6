import { readOrganizationFile } from '../administration/organization-file/read/read.ts';
import type { OrganizationFile } from '../administration/organization-file/read/schema.ts';
import { listApplications } from '../domain/applications/store.ts';
import { findInstanceOf } from '../domain/organizations/instance-store.ts';
import type { Instance } from '../domain/organizations/organization.ts';
import { findOrganization } from '../domain/organizations/organization-store.ts';
import { addressesOf } from '../flows/idp/addresses.ts';
import type { Sealer } from '../foundation/platform/crypto.ts';
import type { Database } from '../foundation/storage/database.ts';
import type { Announcement } from './announce.ts';
import { packageFile } from '../foundation/platform/package-files.ts';
import { findSignInNames } from './sign-in-names.ts';

/** The organization that an empty database gets. */
export const DEMO_FILE = packageFile('examples', 'demo', 'organization.yaml');
/** The alias in that file. */
const DEMO_ALIAS = 'demo';

interface ContentNeeds {
  readonly db: Database;
  readonly sealer: Sealer;
}

type Contents = Pick<Announcement, 'portalUrl' | 'signIn' | 'metadata'>;

/**
 * What the announcement says about the default organization. `applied` is the organization file of this start; without
 * one, the database had its contents before.
 */
export async function describeContents(
  { db, sealer }: ContentNeeds,
  { origin }: URL,
  applied: OrganizationFile | undefined,
): Promise<Contents> {
  const organization = await findOrganization(db.read, 'default');
  const instance = organization && (await findInstanceOf(db.read, organization.id));
  if (!instance) return { portalUrl: undefined, signIn: { names: [], more: false }, metadata: undefined };
  const file = applied ?? (await demoOf(instance));
  const {
    items: [first],
  } = await listApplications(db.read, instance.id, {}, { limit: 1 });
  return {
    portalUrl: `${origin}/${instance.alias ?? instance.directoryId}/start`,
    signIn: await findSignInNames({ queries: db.read, sealer }, instance, file),
    metadata: first && {
      displayName: first.displayName,
      url: addressesOf(origin, instance.directoryId, first.id).metadataUrl,
    },
  };
}

/** The demo's file, if the instance can come from it: reading it takes a tenth of a second. */
async function demoOf({ alias }: Instance): Promise<OrganizationFile | undefined> {
  if (alias !== DEMO_ALIAS) return undefined;
  const read = await readOrganizationFile(DEMO_FILE);
  return read.ok ? read.file : undefined;
}
