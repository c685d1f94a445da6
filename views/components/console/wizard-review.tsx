import type { ComponentChildren } from 'preact';
import { ErrorSummary } from './error-summary.tsx';
import { HiddenValues, type HiddenEntries } from './hidden-values.tsx';
import { ValueOrNone } from './value-or-none.tsx';
import { WizardSteps } from './wizard-steps.tsx';
import type { ReviewedAnswer, ReviewedStep, WizardStep } from './wizard.ts';

export interface WizardReviewProps {
  /** Begins the ids of its forms; unique in the page. */
  id: string;
  /** The last one is the review. */
  steps: readonly WizardStep[];
  action: string;
  csrf: string;
  reviewed: readonly ReviewedStep[];
  /** The answers of all steps. */
  earlier: HiddenEntries;
  error?: string | undefined;
  submitLabel: string;
  cancelHref: string;
  /** What happens then, and a field for the guide's word, if it asks for one. */
  children?: ComponentChildren;
}

/** The last step of a wizard: all answers, and a way back to each step. Nothing has happened yet. */
export function WizardReview(props: WizardReviewProps) {
  const { id, steps, action, csrf, reviewed, earlier, error, submitLabel, cancelHref, children } = props;
  const current = steps.at(-1)?.id ?? '';
  const sent = (
    <>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="step" value={current} />
      <HiddenValues values={earlier} />
    </>
  );
  // The ways back are in a form of their own: Enter in a field of the other presses that one's only button.
  const backForm = `${id}-back`;
  return (
    <div class="v-wizard">
      <WizardSteps {...{ steps, current }} />
      <ErrorSummary formId={id} fields={[]} error={error} />
      <form id={backForm} method="post" action={action}>
        {sent}
        {reviewed.map(({ step, answers }) => (
          <section key={step.id} class="v-review">
            <div class="v-review-head">
              <h2>{step.label}</h2>
              <button type="submit" class="v-link-button" name="goto" value={step.id}>
                Change<span class="visually-hidden"> {step.label.toLowerCase()}</span>
              </button>
            </div>
            <dl class="v-facts">
              {answers.map((answer) => (
                <div key={answer.label}>
                  <dt>{answer.label}</dt>
                  <dd>
                    <Answer {...answer} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </form>
      <form method="post" action={action} class="v-console-form" novalidate>
        {sent}
        {children}
        <p class="v-form-end">
          <button type="submit" class="btn btn-primary">
            {submitLabel}
          </button>
          <a class="btn v-button-quiet" href={cancelHref}>
            Cancel
          </a>
        </p>
      </form>
    </div>
  );
}

function Answer({ value, secret = false }: ReviewedAnswer) {
  const isHidden = secret && value !== '';
  return isHidden ? <span class="v-soft">as you typed it, not shown</span> : <ValueOrNone text={value} />;
}
