import type { Work } from '../../../domain/audit/commands.ts';
import type { User } from '../../../domain/directory/user.ts';
import { newTrustedDeviceId } from '../../../foundation/platform/ids.ts';
import { insertTrust, limitTrust } from '../../../domain/sessions/trusted-device-store.ts';
import { contextOf, type SignInNeeds, type SignInState } from '../load-sign-in.ts';

/**
 * Whether the user is asked if this is a trusted device. The mode always-on would ignore the answer (guide,
 * "Enable MFA").
 */
export function offersTrust({ visit }: Pick<SignInState, 'visit'>): boolean {
  return visit.instance.settings.mfa.mode === 'context-aware';
}

/**
 * Adds the browser and address of a sign-in to the user's trusted devices, after a factor was verified. Does
 * nothing where trust isn't offered.
 */
export async function trustContext(
  { ids }: SignInNeeds,
  work: Work,
  state: SignInState,
  user: User,
): Promise<void> {
  if (!offersTrust(state)) return;
  const { instance, origin } = state.visit;
  const context = contextOf(state, user);
  const id = newTrustedDeviceId(ids);
  const { userAgent } = origin;
  const inserted = await insertTrust(work.tx, instance.id, {
    ...context,
    ...{ id, userAgent, trustedAt: origin.at },
  });
  // Another tab has added and recorded it already.
  if (!inserted) return;
  const details = {
    owner: user.id,
    requestParameters: { identityStoreId: instance.directoryId, userId: user.id },
    responseElements: { trustedDeviceId: id },
  };
  await work.perform('CreateTrustedDevice', details, (tx) => limitTrust(tx, instance.id, user.id, id));
}
