import { Breakable } from '../breakable.tsx';

/** Something that a reader sees: neither a control, format or white-space character, nor a mark without its letter. */
const VISIBLE = /[^\p{C}\p{Z}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u;

/**
 * A name or text that a person has typed. Right-to-left text, and characters that turn the direction (U+202E), stay
 * within it, so that they don't rearrange the words beside it. A name without anything to see is named so: as the text
 * of a link it could be neither seen nor chosen.
 */
export function Named({ text }: { text: string }) {
  if (!VISIBLE.test(text)) return <span class="v-soft">(nothing to see)</span>;
  return (
    <bdi class="v-break">
      <Breakable text={text} />
    </bdi>
  );
}
