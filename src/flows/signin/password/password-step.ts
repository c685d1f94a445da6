import { HIDDEN } from '../../../domain/audit/event.ts';
import { hashPassword, needsRehash, verifyPassword } from '../../../domain/credentials/passwords/password.ts';
import { findPassword, replaceHash } from '../../../domain/credentials/passwords/store.ts';
import { findUser } from '../../../domain/directory/user-store.ts';
import type { Tx } from '../../../foundation/storage/database.ts';
import { reloadState, type SignInNeeds, type SignInState } from '../load-sign-in.ts';
import { updateSignIn } from '../../../domain/sessions/sign-in-store.ts';
import { NOBODY } from '../nobody.ts';
import { settleAttempt } from '../throttle.ts';

export type PasswordOutcome =
  | { outcome: 'verified' }
  | { outcome: 'wrong' }
  | { outcome: 'throttled'; retryAfterSeconds: number }
  | { outcome: 'changed-meanwhile' };

/**
 * Verifies a password. Every attempt computes one hash of the same cost and runs the same statements, and an unknown
 * user, a wrong password and a disabled user get the same response, so that neither its words nor its time reveal which
 * it was. `onVerified` runs in the transaction that stores the fact.
 */
export async function verifyPasswordStep(
  needs: SignInNeeds,
  state: SignInState,
  password: string,
  onVerified: (tx: Tx, state: SignInState) => Promise<void>,
): Promise<PasswordOutcome> {
  const { db, record } = needs;
  const { visit, signIn, user } = state;
  const { instance, origin, times } = visit;
  const limits = instance.settings.signIn;
  const attempt = { kind: 'password', userName: signIn.userName ?? '', ip: visit.realIp } as const;

  const verdict = await needs.attempts.take(instance, attempt, times.policyAt);
  if (!verdict.ok) return { outcome: 'throttled', retryAfterSeconds: verdict.retryAfterSeconds };

  const stored = await findPassword(db.read, instance.id, user?.id ?? NOBODY);
  const right = await verifyPassword(password, stored?.hash, limits.passwordHashCost);
  const rehashed = right && stored && (await rehash(password, stored.hash, limits.passwordHashCost));

  return db.transaction(async (tx): Promise<PasswordOutcome> => {
    // Read again, because a user who was disabled while the hash was computed must not get in.
    const present = await findUser(tx, instance.id, user?.id ?? NOBODY);
    const verified = right && present?.enabled === true;
    await settleAttempt(tx, instance.id, limits, attempt, verified ? 'right' : 'wrong');
    const factor = { type: 'PASSWORD', at: times.policyAt } as const;
    const facts = verified ? { verified: [...signIn.verified, factor] } : { failures: signIn.failures + 1 };
    if (!(await updateSignIn(tx, needs.sealer, signIn, facts))) return { outcome: 'changed-meanwhile' };
    await record(
      tx,
      visit.history,
      {
        name: 'CredentialVerification',
        authWorkflowId: signIn.id,
        userName: user?.userName ?? HIDDEN,
        credentialType: 'PASSWORD',
        outcome: verified ? 'Success' : 'Failure',
      },
      origin,
    );
    if (!verified) return { outcome: 'wrong' };
    if (rehashed) await replaceHash(tx, instance.id, present.id, stored.hash, rehashed);
    await onVerified(tx, await reloadState(tx, state, facts));
    return { outcome: 'verified' };
  });
}

/**
 * Hashes the password again if the cost in the settings has changed: while users' hashes have another cost
 * than the decoy, the time of a response reveals who exists.
 */
async function rehash(password: string, hash: string, cost: number): Promise<string | undefined> {
  return needsRehash(hash, cost) ? hashPassword(password, cost) : undefined;
}
