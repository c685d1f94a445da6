import { CopyButton } from '../copy-button.tsx';

/** More than the lines of an event of the largest size that people read. */
const MAX_LINES = 2_000;
/** The style sheet has a class for each indentation; deeper levels share the last one. */
const MAX_DEPTH = 12;
/** A line that begins with a key. */
const KEYED = /^("(?:[^"\\]|\\.)*"): /;
/**
 * Characters that nobody sees, and that turn what follows: with U+202E, “nimda” would be read as “admin”. As escapes they
 * are seen, and are the same JSON.
 */
const UNSEEN = /[\u00AD\u200B\u200E\u200F\u2028-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;

export interface JsonViewProps {
  value: unknown;
  /** What it is, such as `Event`. */
  label: string;
}

/** Shows a value as JSON, indented and coloured, with a button that copies it. */
export function JsonView({ value, label }: JsonViewProps) {
  const json = JSON.stringify(value, null, 2).replace(UNSEEN, escaped);
  const lines = json.split('\n');
  return (
    <section class="v-panel" aria-label={`${label} as JSON`}>
      <div class="v-panel-head">
        <h2>JSON</h2>
        <CopyButton text={json} label="Copy JSON" />
      </div>
      <div class="v-xml" role="region" aria-label={`JSON of the ${label}`} tabindex={0}>
        <code>
          {lines.slice(0, MAX_LINES).map((line, index) => (
            <JsonLine key={index} line={line} />
          ))}
        </code>
      </div>
      {lines.length > MAX_LINES && <p>Only the beginning is shown. The button copies all of it.</p>}
    </section>
  );
}

function JsonLine({ line }: { line: string }) {
  const text = line.trimStart();
  const key = KEYED.exec(text)?.[1] ?? '';
  return (
    <span class={`v-xml-line v-xml-depth-${Math.min((line.length - text.length) / 2, MAX_DEPTH)}`}>
      {key !== '' && <span class="v-xml-attribute">{key}</span>}
      <span class={key === '' ? 'v-xml-value' : 'v-xml-text'}>{text.slice(key.length)}</span>
      {'\n'}
    </span>
  );
}

const escaped = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
