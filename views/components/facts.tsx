import type { ComponentChildren } from 'preact';

export interface Fact {
  label: string;
  value: ComponentChildren;
}

/** Names and values, as a definition list. */
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

/** A value as it came over the wire, or a dash that screen readers can make sense of. */
export function Wire({ value }: { value: string | null | undefined }) {
  if (value === null || value === undefined || value === '') return <span class="v-soft">none</span>;
  return <code class="v-wire">{value}</code>;
}
