import type { ApplyOrganizationFile } from '../../../administration/organization-file/apply/apply.ts';
import {
  openInstance,
  openOrganization,
  type OpenedInstance,
  type OpenedOrganization,
  type OperationNeeds,
} from '../../../administration/operations/open-organization.ts';
import type { Context } from '../../../domain/audit/actor.ts';
import type { Logger } from '../../../foundation/platform/logger.ts';
import type { Ids, OrganizationId } from '../../../foundation/platform/ids.ts';
import type { Guard } from '../guard.ts';

/** What all handles of a running server share. */
export interface ServerContext {
  readonly needs: OperationNeeds;
  readonly apply: ApplyOrganizationFile;
  readonly publicUrl: URL;
  readonly port: number;
  /**
   * Whether the ids that aren't given are derived, so that the next run of an in-memory server has the same
   * ones.
   */
  readonly inMemory: boolean;
  readonly guard: Guard;
  readonly log: Logger;
}

/** What all handles of one organization share. */
export interface HandleContext extends ServerContext {
  readonly organizationId: OrganizationId;
  /** Reads the organization's current state. Rejects when it has no identity centre. */
  open(): Promise<OpenedInstance>;
  /** The same, also without an identity centre. */
  openOrganization(): Promise<OpenedOrganization>;
}

/** The context of the library's commands. */
export function libraryCaller(ids: Ids): Omit<Context, 'at'> {
  const actor = { type: 'operator', name: 'library' } as const;
  return { actor, requestId: ids.uuid(), ip: '127.0.0.1', userAgent: 'vestibule' };
}

export function handleContextOf(server: ServerContext, organizationId: OrganizationId): HandleContext {
  const { needs } = server;
  return {
    ...server,
    organizationId,
    open: () => openInstance(needs, libraryCaller(needs.ids), organizationId),
    openOrganization: () => openOrganization(needs, libraryCaller(needs.ids), organizationId),
  };
}
