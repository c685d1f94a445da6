import { isReused, REUSED } from '../../../domain/credentials/passwords/reuse.ts';
import { changeOwnPassword, recordReuse } from '../../../domain/credentials/passwords/commands.ts';
import { newPasswordFaults, type TypedTwice } from './typed-twice.ts';
import { hashPassword } from '../../../domain/credentials/passwords/password.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Tx } from '../../../foundation/storage/database.ts';
import { userContext } from '../../visit/user-context.ts';
import { reloadState, type SignInNeeds, type SignInState } from '../load-sign-in.ts';
import { updateSignIn } from '../../../domain/sessions/sign-in-store.ts';

export type ChangeOutcome =
  | { outcome: 'changed' }
  | { outcome: 'refused'; faults: readonly string[] }
  | { outcome: 'changed-meanwhile' };

/**
 * Replaces the one-time password with which the user signed in (guide, "Add users"). This step is only
 * reached with all factors verified, so an attacker who found only the one-time password can't change it.
 * `onChanged` runs in the transaction of the change.
 */
export async function changePasswordStep(
  needs: SignInNeeds,
  state: SignInState,
  user: User,
  typed: TypedTwice,
  onChanged: (tx: Tx, state: SignInState) => Promise<void>,
): Promise<ChangeOutcome> {
  const { visit, signIn } = state;
  const { instance } = visit;
  const faults = newPasswordFaults(typed);
  if (faults.length > 0) return { outcome: 'refused', faults };
  const { newPassword } = typed;
  if (await isReused(needs.db.read, instance.id, user.id, newPassword)) {
    await recordReuse(needs.commands, userContext(visit, user), visit.history, instance, user.id);
    return { outcome: 'refused', faults: [REUSED] };
  }
  const hash = await hashPassword(newPassword, instance.settings.signIn.passwordHashCost);
  return needs.commands.run(userContext(visit, user), visit.history, async (work): Promise<ChangeOutcome> => {
    const { tx } = work;
    // First, so that of two forms sent at once only one has an effect.
    if (!(await updateSignIn(tx, needs.sealer, signIn, {}))) return { outcome: 'changed-meanwhile' };
    await changeOwnPassword(work, instance, user.id, hash, signIn.id);
    await onChanged(tx, await reloadState(tx, state, {}));
    return { outcome: 'changed' };
  });
}
