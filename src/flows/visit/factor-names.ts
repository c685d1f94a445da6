import { TYPE_WORDS } from '../../../views/components/mfa/words.ts';
import type { CredentialType } from '../../domain/audit/event.ts';
import { isMfaProof, provedTypes, type MfaProof } from '../../domain/credentials/mfa/strategies.ts';

const OTHERS: Record<Exclude<CredentialType, MfaProof>, string> = {
  PASSWORD: 'password',
  EXTERNAL_IDP: 'external identity provider',
  EMAIL_OTP: 'code by email',
};

/** The names of verified factors for display, each once. */
export function factorNames(credentials: readonly CredentialType[]): readonly string[] {
  const names = credentials.flatMap((credential) =>
    isMfaProof(credential)
      ? provedTypes([credential]).map((type) => TYPE_WORDS[type].name.toLowerCase())
      : [OTHERS[credential]],
  );
  return [...new Set(names)];
}
