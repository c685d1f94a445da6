/** An instant as ISO 8601 and as text. */
export interface When {
  iso: string;
  text: string;
}

export function Time({ at }: { at: When }) {
  return <time dateTime={at.iso}>{at.text}</time>;
}
