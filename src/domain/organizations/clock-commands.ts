import type { Work } from '../audit/commands.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { OrganizationId } from '../../foundation/platform/ids.ts';
import { changeClock, type ClockChange } from './clock-change.ts';
import { updateOrganization } from './commands.ts';
import type { Organization } from './organization.ts';
import { findOrganization, lockOrganization } from './organization-store.ts';

/**
 * Changes an organization's clock. The row is locked first, so that of two requests that advance it at once
 * both count. The event carries the time before the change. Throws ConflictException when the organization isn't at
 * `expectedVersion`.
 */
export async function moveClock(
  work: Work,
  id: OrganizationId,
  change: ClockChange,
  realAt: Instant,
  expectedVersion?: number,
): Promise<Organization> {
  await lockOrganization(work.tx, id);
  const organization = await findOrganization(work.tx, id);
  if (!organization) throw notFound('The organization');
  const clock = changeClock(organization.clock, change, realAt);
  return updateOrganization(work, organization, { clock }, expectedVersion);
}
