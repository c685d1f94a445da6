import type { ComponentChildren } from 'preact';
import { Named } from './named.tsx';
import { None } from './none.tsx';

export interface Fact {
  label: string;
  value: ComponentChildren;
}

/** A definition list of names and values. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="v-facts">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A value as in the message, or “none”; characters that nobody sees are shown by their numbers. */
export function Wire({ value }: { value: string | null | undefined }) {
  if (value === null || value === undefined || value === '') return <None />;
  return (
    <code class="v-wire">
      <Named text={value} />
    </code>
  );
}
