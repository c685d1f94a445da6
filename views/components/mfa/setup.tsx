import type { MfaSetup } from '../../../src/domain/credentials/mfa/setup.ts';
import { AppSetup } from './app-setup.tsx';
import { KEY_SETUP_SCRIPTS, KeySetup } from './key-setup.tsx';

export interface SetupProps {
  setup: MfaSetup;
  csrf: string;
  /** Where the app's code, the key's answer and the wish for another type are posted. */
  actions: { app: string; key: string; cancel: string };
  error?: string | undefined;
  /** Whether there is another type to choose. */
  others: boolean;
}

/** What the page calls itself (guide, "How to register a device"; the key's page is the person's own, not an administrator's). */
export function setupTitle({ type }: MfaSetup): string {
  return type === 'TOTP' ? 'Set up the authenticator app' : 'Register your security key';
}

/** The scripts that a page with this set-up needs. */
export function setupScripts({ type }: MfaSetup): readonly string[] {
  return type === 'TOTP' ? [] : KEY_SETUP_SCRIPTS;
}

/** The set-up of a device, whichever type it is, and the way back to the choice. */
export function Setup({ setup, csrf, actions, error, others }: SetupProps) {
  return (
    <>
      {setup.type === 'TOTP' ? (
        <AppSetup action={actions.app} csrf={csrf} setup={setup} error={error} />
      ) : (
        <KeySetup action={actions.key} csrf={csrf} setup={setup} error={error} appInstead={others} />
      )}
      <form method="post" action={actions.cancel} class="v-aside">
        <input type="hidden" name="csrf" value={csrf} />
        <button type="submit" class="v-link-button">
          {others ? 'Choose another type' : 'Start again'}
        </button>
      </form>
    </>
  );
}
