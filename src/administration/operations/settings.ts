import type { Work } from '../../domain/audit/commands.ts';
import { setLogo } from '../../domain/organizations/branding/logo-commands.ts';
import type { Logo } from '../../domain/organizations/branding/logo.ts';
import { updateInstanceSettings } from '../../domain/organizations/commands.ts';
import { findInstanceOf } from '../../domain/organizations/instance-store.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { mergeSettings } from '../../domain/organizations/settings.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { OpenedInstance } from './open-organization.ts';

/**
 * Changes the given settings, key by key. Throws a ZodError that names each wrong key, ConflictException when the
 * instance isn't at `expectedVersion`, and AccessDeniedException when an administrator changes an operators' setting.
 */
export function changeSettings(
  opened: OpenedInstance,
  change: unknown,
  expectedVersion?: number,
): Promise<Instance> {
  return opened.run(async (work) => {
    const instance = await readAgain(work, opened);
    const settings = mergeSettings(instance.settings, change);
    return updateInstanceSettings(work, instance, settings, expectedVersion);
  });
}

/**
 * Sets the logo; null removes it. Throws ResourceNotFoundException when there is none to remove, and ConflictException
 * when the instance isn't at `expectedVersion`.
 */
export function changeLogo(
  opened: OpenedInstance,
  logo: Logo | null,
  expectedVersion?: number,
): Promise<Instance> {
  return opened.run(async (work) => {
    const instance = await readAgain(work, opened);
    if (logo === null && instance.logo === null) throw notFound('A logo of this organization');
    return setLogo(work, instance, logo, expectedVersion);
  });
}

/** The instance in the transaction of the change: it may have changed since it was opened. */
async function readAgain(work: Work, { organization }: OpenedInstance): Promise<Instance> {
  const instance = await findInstanceOf(work.tx, organization.id);
  if (!instance) throw notFound('The identity centre of this organization');
  return instance;
}
