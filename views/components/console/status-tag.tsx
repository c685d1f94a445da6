/** How good a state is: all well, nothing to say, to be noticed, or to be acted upon. */
export type Tone = 'good' | 'calm' | 'warning' | 'danger';

export interface StatusTagProps {
  /** Such as `Disabled`. */
  text: string;
  tone: Tone;
}

/** The state of a record: beside its name, or in a list. */
export function StatusTag({ text, tone }: StatusTagProps) {
  return <span class={`v-status-tag v-status-${tone}`}>{text}</span>;
}
