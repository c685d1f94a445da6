import { resyncOf } from '../../../domain/credentials/mfa/strategies.ts';
import { challengeFor } from './challenge.ts';
import { reloadState, type SignInNeeds, type SignInState } from '../load-sign-in.ts';
import type { Challenged } from '../../../domain/sessions/sign-in.ts';

/** The other factors that the user can choose in this step. */
export function choosable({ next, facts }: SignInState): readonly Challenged[] {
  switch (next.step) {
    case 'challenge': {
      const others = next.types.filter((type) => type !== next.type);
      const resync = resyncOf(next.type);
      return resync === undefined ? others : [...others, resync];
    }
    case 'resync': {
      const hasAnother = facts.devices.some(({ type, inSync }) => type === next.type && inSync);
      return hasAnother ? [next.type, ...next.types] : next.types;
    }
    default:
      return [];
  }
}

/**
 * Challenges for another of the user's factors. Only offered factors are accepted, so that a form can't
 * choose a type that the settings don't allow.
 */
export async function choose(needs: SignInNeeds, state: SignInState, wanted: string): Promise<void> {
  const type = choosable(state).find((each) => each === wanted);
  if (!type) return;
  await needs.db.transaction(async (tx) => {
    const progress = { ...state.signIn.progress, challenged: type };
    const { user, facts, next } = await reloadState(tx, state, { progress });
    await challengeFor(needs, tx, { ...state, user, facts, next });
  });
}
