import type { Context } from '../../domain/audit/actor.ts';
import type { Commands, Work } from '../../domain/audit/commands.ts';
import type { History } from '../../domain/audit/recorder.ts';
import type { KeyCache } from '../../domain/certificates/key-cache.ts';
import type { KeyPool } from '../../domain/certificates/key-pool.ts';
import type { IssueNeeds } from '../../flows/idp/responses/issue.ts';
import {
  policyTime,
  timesOf,
  type Instance,
  type Organization,
  type Times,
} from '../../domain/organizations/organization.ts';
import { findOrganization } from '../../domain/organizations/organization-store.ts';
import { findInstanceOf } from '../../domain/organizations/instance-store.ts';
import type { PostMail } from '../../domain/mail/outbox.ts';
import type { Clock } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { DeferredWork } from '../../foundation/platform/deferred-work.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { DirectoryId } from '../../foundation/platform/ids.ts';

/** What operations need. The console calls them for the person who is signed in, the control API and the library for an operator. */
export interface OperationNeeds extends IssueNeeds {
  clock: Clock;
  commands: Commands;
  sealer: Sealer;
  postMail: PostMail;
  /** What answered requests still do. */
  deferred: DeferredWork;
  keyPool: KeyPool;
  /** Absent if the database is persistent and keeps the keys itself. */
  keyCache?: KeyCache | undefined;
  /** Looks up the addresses of a built-in sample service provider of an instance. */
  resolveSample(
    name: string,
    place: { publicOrigin: string; directoryId: DirectoryId },
  ): { readonly entityId: string; readonly acsUrls: readonly string[] } | undefined;
}

/** An organization on which an operation works, at its policy time. */
export interface OpenedOrganization {
  readonly organization: Organization;
  readonly instance: Instance | undefined;
  readonly context: Context;
  readonly history: History;
  /** Runs a change in one transaction. Use only `work.tx` inside. */
  run<T>(body: (work: Work) => Promise<T>): Promise<T>;
}

/** An identity centre on which an operation works. */
export interface OpenedInstance extends OpenedOrganization {
  readonly instance: Instance;
  readonly times: Times;
}

/** The region in events of an organization without an instance. */
const REGION_WITHOUT_INSTANCE = 'us-east-1';

/** What opening an organization needs. */
export type OpenNeeds = Pick<OperationNeeds, 'db' | 'clock' | 'commands' | 'deferred'>;

/** Opens the organization with this id, or the default one. Throws ResourceNotFoundException. */
export async function openOrganization(
  { db, clock, commands, deferred }: OpenNeeds,
  caller: Omit<Context, 'at'>,
  reference: string,
): Promise<OpenedOrganization> {
  // Whoever asks finds what earlier requests led to, such as their mail.
  await deferred.settle();
  const organization = await findOrganization(db.read, reference);
  if (!organization) throw notFound(`An organization “${reference}”`);
  const instance = await findInstanceOf(db.read, organization.id);
  const context = { ...caller, at: policyTime(organization.clock, clock.now()) };
  const history = {
    organizationId: organization.id,
    managementAccountId: organization.managementAccountId,
    region: instance?.region ?? REGION_WITHOUT_INSTANCE,
  };
  return { organization, instance, context, history, run: (body) => commands.run(context, history, body) };
}

/**
 * Opens the instance of an organization. Throws ResourceNotFoundException, also when the organization has
 * none.
 */
export async function openInstance(
  needs: OperationNeeds,
  caller: Omit<Context, 'at'>,
  reference: string,
): Promise<OpenedInstance> {
  const opened = await openOrganization(needs, caller, reference);
  const { instance } = opened;
  if (!instance) throw notFound(`An identity centre in the organization “${reference}”`);
  return { ...opened, instance, times: timesOf(needs.clock, instance) };
}
