/** An instant, for people and for machines. */
export interface When {
  iso: string;
  text: string;
}

/** Shows an instant. */
export function Time({ at }: { at: When }) {
  return <time dateTime={at.iso}>{at.text}</time>;
}
