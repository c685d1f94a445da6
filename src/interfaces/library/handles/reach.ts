import type { ApplyOrganizationFile } from '../../../administration/organization-file/apply/apply.ts';
import {
  openInstance,
  type OpenedInstance,
  type OperatorNeeds,
} from '../../../administration/operations/open-organization.ts';
import type { OrganizationId } from '../../../foundation/platform/ids.ts';
import { askerOf, type Call } from './calls.ts';

/** What the handles of a running server share. */
export interface ServerReach {
  readonly operator: OperatorNeeds;
  readonly apply: ApplyOrganizationFile;
  readonly publicUrl: URL;
  readonly port: number;
  /** Whether ids that nobody gives are derived, so that the next run of a server in memory has the same ones. */
  readonly inMemory: boolean;
  readonly call: Call;
}

/** What the handles of one organization share. */
export interface Reach extends ServerReach {
  readonly organizationId: OrganizationId;
  /** The organization as it is now. */
  open(): Promise<OpenedInstance>;
}

export function reachOf(server: ServerReach, organizationId: OrganizationId): Reach {
  const { operator } = server;
  return {
    ...server,
    organizationId,
    open: () => openInstance(operator, askerOf(operator.ids), organizationId),
  };
}

const PAGE = 1000;

/** All items of a list that is read by pages. */
export async function allOf<Item>(
  read: (page: { limit: number; cursor?: string }) => Promise<{ items: Item[]; cursor: string | null }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await read({ limit: PAGE, ...(cursor != null && { cursor }) });
    all.push(...page.items);
    ({ cursor } = page);
  } while (cursor !== null);
  return all;
}
