import { someXmlLines } from './xml-lines.ts';

/** Deeper levels share the last indent: the style sheet has a class for each. */
const DEEPEST = 12;

/** More than a response about somebody in a thousand groups has. */
const MOST_TOKENS = 20_000;

/** XML in colours, indented; built from our own elements, so whatever it holds is text and nothing more. */
export function XmlView({ xml, label }: { xml: string; label: string }) {
  return (
    <div class="v-xml" role="region" aria-label={label} tabindex={0}>
      <code>
        {someXmlLines(xml, MOST_TOKENS).map((line, index) => (
          <span key={index} class={`v-xml-line v-xml-depth-${Math.min(line.depth, DEEPEST)}`}>
            {line.tokens.map((token, index) => (
              <span key={index} class={`v-xml-${token.kind}`}>
                {token.text}
              </span>
            ))}
          </span>
        ))}
      </code>
    </div>
  );
}
