import { HIDDEN } from '../../domain/audit/event.ts';
import { findUserByName } from '../../domain/directory/user-store.ts';
import type { SignInNeeds, SignInState } from './load-sign-in.ts';
import { NO_PROGRESS } from '../../domain/sessions/sign-in.ts';
import { updateSignIn } from '../../domain/sessions/sign-in-store.ts';

/**
 * Stores the user name and challenges for the password. What the browser sees is the same whether or not a
 * user has this name. Only the event differs; it masks an unknown name, which may be a password typed into
 * the wrong field.
 */
export async function identify(needs: SignInNeeds, state: SignInState, userName: string): Promise<void> {
  const { db, sealer, record } = needs;
  const { visit, signIn } = state;
  const user = await findUserByName(db.read, visit.instance.id, userName);
  await db.transaction(async (tx) => {
    const changed = await updateSignIn(tx, sealer, signIn, {
      userName,
      userId: user?.id ?? null,
      verified: [],
      progress: NO_PROGRESS,
      failures: 0,
    });
    // Another tab changed the sign-in first; the dispatcher shows its state.
    if (!changed) return;
    await record(
      tx,
      visit.history,
      {
        name: 'CredentialChallenge',
        authWorkflowId: signIn.id,
        userName: user?.userName ?? HIDDEN,
        credentialType: 'PASSWORD',
        outcome: 'Success',
      },
      visit.origin,
    );
  });
}
