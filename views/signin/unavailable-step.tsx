import { State } from '../components/state.tsx';
import { SignInLayout } from '../layouts/signin-layout.tsx';
import type { PageContext } from '../page-context.tsx';

export interface UnavailableStepPageProps {
  page: PageContext;
  /** The step's name on the page, such as `Registering an MFA device`. */
  stepName: string;
  /** What to change so that the sign-in doesn't need the step. */
  whatToDo: string;
  startHref: string;
}

/** Says that the settings require a step that this version of Vestibule doesn't support yet. */
export function UnavailableStepPage({ page, stepName, whatToDo, startHref }: UnavailableStepPageProps) {
  return (
    <SignInLayout page={page} title="This step isn't available yet">
      <State level={1} icon="tool" title="This step isn't available yet">
        <p>
          The settings ask for a step that this version of Vestibule can't do yet: <strong>{stepName}</strong>
          . You are not signed in.
        </p>
        <p>{whatToDo}</p>
        <a class="btn btn-lg w-100 v-button-quiet" href={startHref}>
          Start again
        </a>
      </State>
    </SignInLayout>
  );
}
