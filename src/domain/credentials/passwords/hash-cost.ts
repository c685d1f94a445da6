import { invalid } from '../../../foundation/platform/errors.ts';
import type { Actor } from '../../audit/actor.ts';
import type { Instance } from '../../organizations/organization.ts';
import { parsePasswordHash } from './password-hash.ts';

/** What a file or an import gives of a user's passwords. */
interface GivenHashes {
  readonly passwordHash?: string | undefined;
  readonly passwordHistory?: readonly { readonly hash: string }[] | undefined;
}

/**
 * Refuses hashes that an administrator brings and that cost more than the instance's own. Attack: a hash of cost 20 takes
 * a gibibyte and seconds at each sign-in, and anybody may try to sign in; the setting itself is operators' for that
 * reason. Throws ValidationException.
 */
export function assertHashCosts(
  actor: Actor,
  { settings }: Pick<Instance, 'settings'>,
  users: readonly GivenHashes[],
): void {
  if (actor.type === 'operator') return;
  const limit = settings.signIn.passwordHashCost;
  const isDear = (hash: string) => (parsePasswordHash(hash)?.cost ?? 0) > limit;
  for (const { passwordHash, passwordHistory = [] } of users) {
    if (
      (passwordHash === undefined || !isDear(passwordHash)) &&
      !passwordHistory.some(({ hash }) => isDear(hash))
    )
      continue;
    throw invalid(
      '',
      `Only an operator of the server can bring password hashes of a higher cost than ${limit}.`,
    );
  }
}
