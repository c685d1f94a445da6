import type { Instant } from '../../foundation/platform/clock.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import type { Instance, Organization, Times } from './organization.ts';
import type { Settings } from './settings.ts';

/** Runs `trim`, in a transaction each time, until it deletes less than `batch` rows: then there are no more. */
export type TrimAll = (trim: (tx: Tx, batch: number) => Promise<number>) => Promise<void>;

/** A round of maintenance in an organization. */
export interface OrganizationRound {
  readonly queries: Queries;
  readonly organization: Organization;
  /** What to keep: the instance's settings, or the defaults if there is no instance. */
  readonly retention: Settings['retention'];
  readonly trimAll: TrimAll;
}

/** The same round in the organization's instance. */
export interface InstanceRound extends OrganizationRound {
  readonly instance: Instance;
  /** By the slowest clock that another server of the database may have. */
  readonly times: Times;
}

/** The same round for the rows of the whole server, which belong to no organization. */
export interface ServerRound {
  /** Real time, by the slowest clock that another server of the database may have. */
  readonly at: Instant;
  readonly trimAll: TrimAll;
}

/** Deletes a feature's expired and surplus rows. Maintenance calls it once a minute for every organization. */
export interface Trims {
  /** Once for the whole server. */
  readonly server?: (round: ServerRound) => Promise<void>;
  readonly organization?: (round: OrganizationRound) => Promise<void>;
  /** Not called for an organization without an instance. */
  readonly instance?: (round: InstanceRound) => Promise<void>;
}

/** What a folder of the domain gives to the server. */
export interface DomainModule {
  readonly trims: Trims;
}
