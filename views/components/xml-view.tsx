import { firstXmlLines, type XmlToken } from './xml-lines.ts';

/** The style sheet has a class for each indentation; deeper levels share the last one. */
export const MAX_DEPTH = 12;

/** More than the tokens of a response about a user in a thousand groups. */
export const MAX_TOKENS = 20_000;

export interface XmlViewProps {
  xml: string;
  label: string;
  /** How many tokens are shown at most. */
  max?: number;
}

/** Shows XML indented and coloured. Its contents only become text in our own elements. */
export function XmlView({ xml, label, max = MAX_TOKENS }: XmlViewProps) {
  return (
    <div class="v-xml" role="region" aria-label={label} tabindex={0}>
      <code>
        {firstXmlLines(xml, max).map((line, index) => (
          <span key={index} class={`v-xml-line v-xml-depth-${Math.min(line.depth, MAX_DEPTH)}`}>
            <XmlTokens tokens={line.tokens} />
          </span>
        ))}
      </code>
    </div>
  );
}

/** The tokens of a line, coloured by their kind. */
export function XmlTokens({ tokens }: { tokens: readonly XmlToken[] }) {
  return (
    <>
      {tokens.map((token, index) => (
        <span key={index} class={`v-xml-${token.kind}`}>
          {token.text}
        </span>
      ))}
    </>
  );
}
