import type { Work } from '../audit/commands.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { OrganizationId } from '../../foundation/platform/ids.ts';
import { changeClock, type ClockChange } from './clock-change.ts';
import { updateOrganization } from './commands.ts';
import type { Organization } from './organization.ts';
import { findOrganization, holdOrganization } from './store.ts';

/**
 * Moves, sets, freezes or puts back an organization's clock, as it is in this transaction: two that advance it at once both
 * count. Its event carries the time that the clock showed before.
 */
export async function moveClock(
  work: Work,
  id: OrganizationId,
  change: ClockChange,
  realAt: Instant,
): Promise<Organization> {
  await holdOrganization(work.tx, id);
  const organization = await findOrganization(work.tx, id);
  if (!organization) throw notFound('The organization');
  return updateOrganization(work, organization, { clock: changeClock(organization.clock, change, realAt) });
}
