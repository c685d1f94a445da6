import type { Coverage } from '../../../src/protocols/saml/signature/coverage.ts';
import { firstXmlLines, type XmlLine } from '../xml-lines.ts';
import { MAX_DEPTH, MAX_TOKENS, XmlTokens } from '../xml-view.tsx';
import { joinsOf, marksOf, type Join } from './marks.ts';

export interface SignedXmlProps {
  /** Begins the ids of its lines; unique in the page. */
  id: string;
  xml: string;
  label: string;
  coverage: Coverage;
}

/**
 * XML, indented for reading, with a mark before each line: the numbers of the signatures that cover it, or a dash. The
 * marks don't depend on colour alone (WCAG 2.2, 1.4.1). Each reference leads to the element that it names, and back.
 */
export function SignedXml({ id, xml, label, coverage }: SignedXmlProps) {
  const lines = firstXmlLines(xml, MAX_TOKENS);
  const marks = marksOf(lines, coverage);
  const joins = joinsOf(coverage);
  return (
    <>
      <Legend />
      <div class="v-xml v-xml-signed" role="region" aria-label={label} tabindex={0}>
        <code>
          {lines.map((line, index) => (
            <SignedLine key={index} {...{ id, line }} by={marks[index] ?? []} joins={joinsAt(joins, line)} />
          ))}
        </code>
      </div>
    </>
  );
}

const joinsAt = (joins: readonly Join[], { element, isStart }: XmlLine): readonly Join[] =>
  isStart ? joins.filter(({ at }) => at === element) : [];

interface SignedLineProps {
  id: string;
  line: XmlLine;
  by: readonly number[];
  joins: readonly Join[];
}

function SignedLine({ id, line, by, joins }: SignedLineProps) {
  const isCovered = by.length > 0;
  return (
    <span
      class={`v-xml-line v-xml-depth-${Math.min(line.depth, MAX_DEPTH)} ${isCovered ? 'v-signed' : 'v-unsigned'}`}
      id={line.isStart && line.element !== null ? lineId(id, line.element) : undefined}
    >
      <span class="v-signed-mark">{isCovered ? by.join(' ') : '–'}</span>
      <XmlTokens tokens={line.tokens} />
      {joins.map(({ to, words }) => (
        <>
          {' '}
          <a key={words} class="v-signed-join" href={`#${lineId(id, to)}`}>
            {words}
          </a>
        </>
      ))}
    </span>
  );
}

/** The id of the line with an element's start tag. */
export const lineId = (id: string, element: number): string => `${id}-element-${element}`;

function Legend() {
  return (
    <ul class="v-signed-legend" aria-label="Marks before the lines">
      <li>
        <span class="v-signed-mark v-signed">1</span> covered by the signature with this number
      </li>
      <li>
        <span class="v-signed-mark v-unsigned">–</span> covered by no signature
      </li>
    </ul>
  );
}
