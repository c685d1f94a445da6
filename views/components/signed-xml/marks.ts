import type { Coverage } from '../../../src/protocols/saml/signature/coverage.ts';
import type { XmlLine } from '../xml-lines.ts';

/** A link from the line of one element to that of another. */
export interface Join {
  /** The elements, by their ordinals. */
  readonly at: number;
  readonly to: number;
  readonly words: string;
}

/**
 * For each line the numbers of the signatures that cover it. Lines are split by another reader than the one that found
 * what is covered: where the two don't see the same element, the line is not covered. Pure.
 */
export function marksOf(
  lines: readonly XmlLine[],
  { elements }: Pick<Coverage, 'elements'>,
): readonly (readonly number[])[] {
  const isSame = lines.every(
    ({ element, isStart, tokens }) =>
      !isStart || element === null || elements[element]?.tagName === tokens[1]?.text,
  );
  return lines.map(({ element, tokens }) =>
    isSame && element !== null && !isComment(tokens) ? (elements[element]?.coveredBy ?? []) : [],
  );
}

/** A reference to an ID leaves comments out (xmldsig-core §4.4.3.3), so no signature covers one. */
const isComment = ([first]: XmlLine['tokens']): boolean => first?.text.startsWith('<!--') ?? false;

/** The links between references and the elements that they name. Pure. */
export function joinsOf({ elements, signatures }: Coverage): readonly Join[] {
  const nameOf = (element: number) => elements[element]?.tagName ?? '';
  return signatures.flatMap(({ number, references }) =>
    references.flatMap(({ element, targets }) =>
      targets.flatMap((target) => [
        { at: element, to: target, words: `→ ${nameOf(target)}` },
        { at: target, to: element, words: `← named by signature ${number}` },
      ]),
    ),
  );
}
