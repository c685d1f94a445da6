import type { MfaSetup } from '../../../src/domain/credentials/mfa/setup.ts';
import { viewOf } from '../../mfa/views.ts';

export interface SetupProps {
  setup: MfaSetup;
  csrf: string;
  /** Where the device's answer and the wish for another type are posted. */
  actions: { answer: string; cancel: string };
  error?: string | undefined;
  /** Whether there is another type to choose. */
  others: boolean;
}

/** What the page calls itself. */
export function setupTitle(setup: MfaSetup): string {
  return viewOf(setup).setup.title;
}

/** The scripts that a page with this set-up needs. */
export function setupScripts(setup: MfaSetup): readonly string[] {
  return viewOf(setup).setup.scripts;
}

/** The set-up of a device, whichever type it is, and the way back to the choice. */
export function Setup({ setup, csrf, actions, error, others }: SetupProps) {
  const { Form } = viewOf(setup).setup;
  return (
    <>
      <Form action={actions.answer} {...{ csrf, setup, error, others }} />
      <form method="post" action={actions.cancel} class="v-aside">
        <input type="hidden" name="csrf" value={csrf} />
        <button type="submit" class="v-link-button">
          {others ? 'Choose another type' : 'Start again'}
        </button>
      </form>
    </>
  );
}
