import type { MfaSetup } from '../../../src/domain/credentials/mfa/setup.ts';
import { viewOf } from '../../mfa/views.ts';

export interface SetupProps {
  setup: MfaSetup;
  csrf: string;
  /** The actions of the forms for the device's response and for choosing another type. */
  actions: { answer: string; cancel: string };
  error?: string | undefined;
  /** Whether the user can choose another type. */
  others: boolean;
}

/** The page's title. `whose`: the device of the person who sees it, or of a user for whom an administrator registers it. */
export function setupTitle(setup: MfaSetup, whose: 'own' | 'users' = 'own'): string {
  const { title, titleForUser = title } = viewOf(setup).setup;
  return whose === 'own' ? title : titleForUser;
}

export function setupScripts(setup: MfaSetup): readonly string[] {
  return viewOf(setup).setup.scripts;
}

/** The set-up of a device of either type, and the button to choose another type. */
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
