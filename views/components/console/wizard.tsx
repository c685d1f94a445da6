import { ErrorSummary } from './error-summary.tsx';
import type { Field, FileField } from './field.ts';
import { Fields } from './fields.tsx';
import { HiddenValues, type HiddenEntries } from './hidden-values.tsx';
import { shownAgain } from './shown-again.ts';
import { WizardSteps } from './wizard-steps.tsx';
import type { WizardStep } from './wizard.ts';

export interface WizardProps {
  /** Begins the ids of its fields; unique in the page. */
  id: string;
  steps: readonly WizardStep[];
  /** The id of this step. */
  current: string;
  /** Receives every step: `step` is this one, `goto` the one to show next, if “Back” was chosen. */
  action: string;
  csrf: string;
  /** Without files: a page can't send on the file that an earlier one has chosen. */
  fields: readonly Exclude<Field, FileField>[];
  error?: string | undefined;
  /** The answers of the other steps. They come back from the browser, so that the server checks them again at the end. */
  earlier: HiddenEntries;
  /** The button of the last step, if the wizard has no review. */
  submitLabel?: string | undefined;
  cancelHref: string;
}

/**
 * A step of a wizard. All answers are in the form, none in the server: two wizards in two tabs don't disturb each
 * other, and one that is left leaves nothing behind.
 */
export function Wizard(props: WizardProps) {
  const { id, steps, current, action, csrf, error, earlier, submitLabel, cancelHref } = props;
  const fields = shownAgain(props.fields);
  const at = steps.findIndex((step) => step.id === current);
  const before = steps[at - 1];
  return (
    <div class="v-wizard">
      <WizardSteps {...{ steps, current }} />
      <form method="post" action={action} class="v-console-form" novalidate>
        <ErrorSummary formId={id} {...{ fields, error }} />
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="step" value={current} />
        <HiddenValues values={earlier} />
        <Fields formId={id} fields={fields} />
        <p class="v-form-end">
          {/* The first button is the one that Enter presses. */}
          <button type="submit" class="btn btn-primary">
            {submitLabel ?? `Next: ${steps[at + 1]?.label.toLowerCase() ?? 'finish'}`}
          </button>
          {before && (
            <button type="submit" class="btn v-button-quiet" name="goto" value={before.id}>
              Back
            </button>
          )}
          <a class="btn v-button-quiet" href={cancelHref}>
            Cancel
          </a>
        </p>
      </form>
    </div>
  );
}
