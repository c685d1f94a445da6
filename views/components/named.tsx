import { Fragment } from 'preact';
import { Breakable } from './breakable.tsx';

/** Something that a reader sees: neither a control, format or white-space character, nor a mark without its letter. */
const VISIBLE = /[^\p{C}\p{Z}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u;

/**
 * Characters that nobody sees, and that turn what follows (U+202A–202E, U+2066–2069), or make two names look the same.
 * U+200C and U+200D aren't among them: Persian words and emoji need them.
 */
const UNSEEN = /([\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\p{Cc}])/u;

/**
 * A name or text that a person has typed. Right-to-left text stays within it, so that it doesn't rearrange the words
 * beside it. Characters that nobody sees are shown by their numbers: with U+202E, “nimda” would be read as “admin”. A
 * name without anything to see is named so: as the text of a link it could be neither seen nor chosen.
 */
export function Named({ text }: { text: string }) {
  if (!VISIBLE.test(text)) return <span class="v-soft">(nothing to see)</span>;
  return (
    <bdi class="v-break">{UNSEEN.test(text) ? <WithUnseen text={text} /> : <Breakable text={text} />}</bdi>
  );
}

function WithUnseen({ text }: { text: string }) {
  return (
    <>
      {text.split(UNSEEN).map((part, index) => (
        <Fragment key={index}>
          {index % 2 === 0 ? <Breakable text={part} /> : <span class="v-unseen">{numberOf(part)}</span>}
        </Fragment>
      ))}
    </>
  );
}

/**
 * The same for places that hold text alone, such as the title of a tab and names for screen readers: characters that
 * nobody sees are replaced by their numbers.
 */
export const namedText = (text: string): string =>
  text
    .split(UNSEEN)
    .map((part, index) => (index % 2 === 0 ? part : numberOf(part)))
    .join('');

/** `U+202E` */
const numberOf = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
