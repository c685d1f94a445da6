import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../../../domain/audit/actor.ts';
import type { Commands, Work } from '../../../domain/audit/commands.ts';
import type { KeyCache } from '../../../domain/certificates/key-cache.ts';
import type { KeyPool } from '../../../domain/certificates/key-pool.ts';
import { hashPassword } from '../../../domain/credentials/passwords/password.ts';
import { assertHashCosts } from '../../../domain/credentials/passwords/hash-cost.ts';
import { deleteOrganization, historyOf } from '../../../domain/organizations/commands.ts';
import { policyTime, type Instance, type Organization } from '../../../domain/organizations/organization.ts';
import { findOrganization } from '../../../domain/organizations/organization-store.ts';
import { findInstanceOf } from '../../../domain/organizations/instance-store.ts';
import type { Clock, Instant } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import { AppError, notFound } from '../../../foundation/platform/errors.ts';
import type { DirectoryId, Ids } from '../../../foundation/platform/ids.ts';
import type { Database } from '../../../foundation/storage/database.ts';
import { readExisting } from './existing.ts';
import { addressFaults } from '../read/address-faults.ts';
import { sortFaults, type FileFault } from '../read/fault.ts';
import { idFaults } from './declared-ids.ts';
import { createPlan, type Change, type Counts, type Plan, type Removal } from './plan.ts';
import { planDeclaredApplications } from './plan-applications.ts';
import { certificateFaults, readExistingCertificates } from './plan-certificates.ts';
import { credentialFaults, planCredentials, readExistingCredentials } from './plan-credentials.ts';
import { planConsoleAccess } from './plan-console-access.ts';
import { planDeclaredGroups, planDeclaredUsers } from './plan-directory.ts';
import {
  contradictions,
  planInstance,
  planOrganization,
  REAL_TIME,
  type ExistingOrganization,
} from './plan-organization.ts';
import { prepareApplications, prepareCertificates, preparePasswords } from './prepare.ts';
import { createPrincipals } from '../read/principals.ts';
import { planRemovals } from './prune.ts';
import { secretWarnings } from './secret-warnings.ts';
import type { OrganizationFile } from '../read/schema.ts';

export interface ApplyNeeds {
  readonly db: Database;
  readonly commands: Commands;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sealer: Sealer;
  readonly keyPool: KeyPool;
  /** Present when the database is in memory, so that keys survive a restart. */
  readonly keyCache: KeyCache | undefined;
  /** The EntityID and addresses of a built-in sample for this directory; undefined for an unknown name. */
  resolveSample(
    name: string,
    directoryId: DirectoryId,
  ): { readonly entityId: string; readonly acsUrls: readonly string[] } | undefined;
  /** Replaced only by tests, which count the calls. */
  readonly hashPassword?: typeof hashPassword;
}

export interface ApplyOptions {
  /** The organization's id. The default is `default`, which is created when it doesn't exist. */
  readonly organization?: string;
  /** Also sets the passwords of existing users whose declared password has changed since it was last applied. */
  readonly resetPasswords?: boolean;
  /** Removes users, groups, memberships, console access, applications and assignments that the file doesn't declare. */
  readonly prune?: boolean;
  /**
   * Makes all changes without hashing passwords or generating keys, then rolls back. The result says what would
   * change.
   */
  readonly dryRun?: boolean;
  /** Makes an organization anew, with the ids of the file, in place of `organization`. */
  readonly making?: MakingAnew;
  /** Who asks. Absent: the operator of this server, whose file it is. */
  readonly origin?: Omit<Context, 'at'>;
}

/** An organization that is made anew, not as the default one. */
export interface MakingAnew {
  /** The organization with this id that is deleted first, in the same transaction. */
  readonly replaces?: Organization | undefined;
  /** Called at the end of the transaction; if it throws, nothing is made. */
  readonly atEnd?: (work: Work) => Promise<void>;
}

export type ApplyResult =
  | {
      readonly ok: true;
      readonly instance: Instance;
      readonly counts: Counts;
      /** What `prune` removed. */
      readonly removals: readonly Removal[];
      /** The first `MAX_LISTED` of the other changes. */
      readonly changes: readonly Change[];
      readonly warnings: readonly FileFault[];
    }
  /** Faults that show only when the file is compared with the database and this server. Nothing was changed. */
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/**
 * Applies a file: creates and changes what it declares, found by user name, group name or application key, and leaves everything else as it is.
 * All changes are in one transaction, and everything slow is done before it. There is no transaction when the
 * database is as declared already. Throws an AppError, with nothing changed, when the database refuses a change
 * (another organization has the alias), and a ResourceNotFoundException for an organization that doesn't exist and
 * isn't the default one.
 */
export type ApplyOrganizationFile = (file: OrganizationFile, options?: ApplyOptions) => Promise<ApplyResult>;

export function createApplyOrganizationFile(needs: ApplyNeeds): ApplyOrganizationFile {
  return async (file, options = {}) => {
    let before: unknown;
    try {
      return await applyOnce(needs, file, options, (found) => void (before = found));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'ConflictException')) throw error;
      // Two servers can start on one database with the same file. The second server tries again, and finds it applied.
      return await applyOnce(needs, file, options, (found) => {
        // The database is as at the first attempt, so this one would fail in the same way.
        if (isDeepStrictEqual(found, before)) throw error;
      });
    }
  };
}

/** Receives the database's contents before anything slow is done; throws to stop. */
type OnRead = (found: unknown) => void;

async function applyOnce(
  needs: ApplyNeeds,
  file: OrganizationFile,
  options: ApplyOptions,
  onRead: OnRead,
): Promise<ApplyResult> {
  const { db, clock, ids } = needs;
  const { making } = options;
  const existingOrganization = making
    ? { organization: undefined, instance: undefined }
    : await findExistingOrganization(needs, options);
  const at = policyTime(
    file.organization.clock ?? existingOrganization.organization?.clock ?? REAL_TIME,
    clock.now(),
  );
  const plan = createPlan();
  const replaced = making?.replaces;
  if (replaced) plan.step((work) => deleteOrganization(work, replaced));
  const organization = planOrganization(plan, file, existingOrganization, { at, isDefault: !making });
  const instance = planInstance(plan, file, organization, existingOrganization);
  if (options.origin)
    assertHashCosts(options.origin.actor, existingOrganization.instance ?? instance, file.users);
  const prepared = await completePlan(needs, file, options, {
    plan,
    existingOrganization,
    instance,
    at,
    onRead,
  });
  if (!prepared.ok) return prepared;

  const result = { ...prepared, counts: plan.counts, removals: plan.removals, changes: plan.changes };
  if (plan.steps.length > 0) {
    const { origin = ownCaller(ids), dryRun = false } = options;
    const run = needs.commands.run({ ...origin, at }, historyOf(instance), async (work) => {
      for (const step of plan.steps) await step(work);
      await making?.atEnd?.(work);
      if (dryRun) throw new DryRunRollback();
    });
    await run.catch((error: unknown) => {
      if (!(error instanceof DryRunRollback)) throw error;
    });
    if (dryRun) return { ...result, instance };
  }
  const applied = await findInstanceOf(db.read, organization.id);
  if (!applied) throw notFound('The instance');
  return { ...result, instance: applied };
}

/** Rolls back the transaction of a dry run. */
class DryRunRollback extends Error {}

async function findExistingOrganization(
  { db }: ApplyNeeds,
  { organization: reference = 'default' }: ApplyOptions,
): Promise<ExistingOrganization> {
  const organization = await findOrganization(db.read, reference);
  if (!organization && reference !== 'default') throw notFound('The organization');
  const instance = organization && (await findInstanceOf(db.read, organization.id));
  return { organization, instance };
}

const ownCaller = (ids: Ids): Omit<Context, 'at'> => ({
  actor: { type: 'operator', name: 'organization-file' },
  requestId: ids.uuid(),
  ip: '127.0.0.1',
  userAgent: 'vestibule',
});

interface PlannedInstance {
  readonly plan: Plan;
  readonly existingOrganization: ExistingOrganization;
  readonly instance: Instance;
  readonly at: Instant;
  readonly onRead: OnRead;
}

type Completed = { ok: true; warnings: readonly FileFault[] } | { ok: false; faults: readonly FileFault[] };

/** Prepares and plans everything below the instance. It looks for faults first, since hashing and keys take long. */
async function completePlan(
  needs: ApplyNeeds,
  file: OrganizationFile,
  { resetPasswords = false, prune = false, dryRun = false, making }: ApplyOptions,
  { plan, existingOrganization, instance, at, onRead }: PlannedInstance,
): Promise<Completed> {
  const { db, ids, sealer, keyPool: pool } = needs;
  // What is made anew on one server alone has other ids, and so other keys, after a restart.
  const cache = making ? undefined : needs.keyCache;
  const { directoryId } = instance;
  const resolveSample = (name: string) => needs.resolveSample(name, directoryId);
  const existing = await readExisting(db.read, existingOrganization.instance?.id, file, {
    withPasswords: resetPasswords,
  });
  const applications = await prepareApplications(
    {
      resolveSample,
      now: at,
      maxCertificateBytes: instance.settings.quotas.serviceProviderCertificateBytes,
    },
    file,
    existing.applications,
  );
  const faults = [...contradictions(file, existingOrganization), ...applications.faults];
  if (faults.length > 0) return { ok: false, faults: sortFaults(faults) };

  const existingCertificates = await readExistingCertificates(
    db.read,
    existingOrganization.instance?.id,
    file,
  );
  const existingCredentials = await readExistingCredentials(
    db.read,
    existingOrganization.instance?.id,
    file,
    existing,
  );
  const refused = [
    ...(await idFaults(db.read, file, existing)),
    ...(await addressFaults(db.read, existingOrganization.instance?.id, file, existing, { prune })),
    ...certificateFaults(file, existing, existingCertificates),
    ...credentialFaults(sealer, file, existing, existingCredentials),
  ];
  if (refused.length > 0) return { ok: false, faults: sortFaults(refused) };
  const { isMember: _m, isAssigned: _a, ...existingRecords } = existing;
  onRead({ existingOrganization, existingRecords, existingCertificates, existingCredentials });
  const principals = createPrincipals(file, existing, directoryId);
  const hash = dryRun ? () => Promise.resolve('') : (needs.hashPassword ?? hashPassword);
  const [passwords, certificates] = await Promise.all([
    preparePasswords(
      { instance, existing, principals, sealer, resetPasswords, hashPassword: hash },
      file.users,
    ),
    prepareCertificates({ directoryId, existing, pool, cache, ids, at, dryRun }, file),
  ]);

  const planNeeds = { plan, instance, existing, principals, ids, sealer };
  if (prune && existingOrganization.instance) await planRemovals(planNeeds, db.read, file);
  planDeclaredGroups(planNeeds, file.groups);
  planDeclaredUsers(planNeeds, file.users, passwords);
  planConsoleAccess(planNeeds, file);
  planCredentials(planNeeds, file.users, existingCredentials, at);
  planDeclaredApplications(planNeeds, file.applications, {
    applications: applications.byKey,
    certificates,
    existingCertificates,
  });
  return { ok: true, warnings: sortFaults([...applications.warnings, ...secretWarnings(file)]) };
}
