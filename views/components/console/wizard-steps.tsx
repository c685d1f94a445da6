import type { WizardStep } from './wizard.ts';

/** The steps of a wizard as a numbered list that shows the current one. */
export function WizardSteps({ steps, current }: { steps: readonly WizardStep[]; current: string }) {
  const at = steps.findIndex(({ id }) => id === current);
  return (
    <ol class="v-steps" aria-label="Steps">
      {steps.map(({ id, label }, index) => (
        <li
          key={id}
          class={index < at ? 'v-step-done' : undefined}
          aria-current={index === at ? 'step' : undefined}
        >
          {label}
          {index < at && <span class="visually-hidden"> (done)</span>}
        </li>
      ))}
    </ol>
  );
}
