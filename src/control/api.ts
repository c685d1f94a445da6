import type { Context } from '../audit/actor.ts';
import type { Commands, Work } from '../audit/commands.ts';
import type { History } from '../audit/recorder.ts';
import type { KeyCache } from '../certificates/key-cache.ts';
import type { KeyPool } from '../certificates/key-pool.ts';
import type { Caller } from '../http/caller.ts';
import type { IssueNeeds } from '../idp/issue.ts';
import {
  timesOf,
  policyTime,
  type Instance,
  type Organization,
  type Times,
} from '../organizations/organization.ts';
import { findInstanceOf, findOrganization } from '../organizations/store.ts';
import type { Clock, Instant } from '../platform/clock.ts';
import type { Sealer } from '../platform/crypto.ts';
import { notFound } from '../platform/errors.ts';
import type { DirectoryId } from '../platform/ids.ts';

/** What the routes of the control API need. */
export interface ControlNeeds extends IssueNeeds {
  clock: Clock;
  commands: Commands;
  sealer: Sealer;
  keyPool: KeyPool;
  /** Absent where the database keeps keys itself. */
  keyCache?: KeyCache | undefined;
  /** Whether this is the API token, in a time that doesn't tell how much of it is right. */
  verifyToken(token: string): boolean;
  /** Where a built-in sample service provider of an instance lives. */
  resolveSample(
    name: string,
    place: { publicOrigin: string; directoryId: DirectoryId },
  ): { readonly entityId: string; readonly acsUrls: readonly string[] } | undefined;
}

/** A request to an organization, at its policy time. */
export interface OrganizationRequest {
  readonly organization: Organization;
  readonly instance: Instance | undefined;
  readonly context: Context;
  /** Changes something, in one transaction. Inside only `work.tx` is in reach. */
  run<T>(body: (work: Work) => Promise<T>): Promise<T>;
}

/** A request to an organization's identity centre. */
export interface InstanceRequest extends OrganizationRequest {
  readonly instance: Instance;
  readonly times: Times;
  readonly history: History;
}

/** What commands carry when this API asks for them. */
export function contextOf(caller: Caller, at: Instant): Context {
  return { ...caller, actor: { type: 'operator', name: 'control-api' }, at };
}

/** Where the events of an organization happen that has no instance, and so no region. */
const REGION_WITHOUT_INSTANCE = 'us-east-1';

/** The organization that an address names. Throws a ResourceNotFoundException. */
export async function openOrganization(
  { db, clock, commands }: ControlNeeds,
  caller: Caller,
  reference: string,
): Promise<OrganizationRequest & { history: History }> {
  const organization = await findOrganization(db.read, reference);
  if (!organization) throw notFound(`An organization “${reference}”`);
  const instance = await findInstanceOf(db.read, organization.id);
  const context = contextOf(caller, policyTime(organization.clock, clock.now()));
  const history = {
    organizationId: organization.id,
    managementAccountId: organization.managementAccountId,
    region: instance?.region ?? REGION_WITHOUT_INSTANCE,
  };
  return { organization, instance, context, history, run: (body) => commands.run(context, history, body) };
}

/** The identity centre of the organization that an address names. Throws a ResourceNotFoundException without one. */
export async function openInstance(
  needs: ControlNeeds,
  caller: Caller,
  reference: string,
): Promise<InstanceRequest> {
  const opened = await openOrganization(needs, caller, reference);
  const { instance } = opened;
  if (!instance) throw notFound(`An identity centre in the organization “${reference}”`);
  return { ...opened, instance, times: timesOf(instance, needs.clock) };
}
