import { Icon } from '../icon.tsx';

export interface NextStep {
  readonly title: string;
  /** Why, or how. */
  readonly reason: string;
  /** Where it is done. */
  readonly href: string;
}

export interface NextStepsProps {
  /** Empty: nothing is left to do. */
  steps: readonly NextStep[];
  /** Whether the reader may do them; otherwise they lead nowhere. */
  mayChange: boolean;
}

/** What to do next, each with the link to where it is done. */
export function NextSteps({ steps, mayChange }: NextStepsProps) {
  return (
    <section class="v-panel" aria-labelledby="next-steps">
      <h2 id="next-steps">What to do next</h2>
      {steps.length === 0 ? (
        <p class="v-to-do-done">
          <Icon name="circle-check" />
          Everything is set up.
        </p>
      ) : (
        <ul class="v-to-do">
          {steps.map(({ title, reason, href }) => (
            <li key={title}>
              {mayChange ? <a href={href}>{title}</a> : <strong>{title}</strong>}
              <span class="v-soft">{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
