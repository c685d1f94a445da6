import type { DefaultTreeAdapterTypes as Tree } from 'parse5';

/**
 * What one of our pages tells its reader, in one line: its error, or its heading with the first paragraph. Empty
 * for a page that has neither.
 */
export async function saidBy(html: string): Promise<string> {
  const { parse } = await import('parse5');
  const elements = [...elementsIn(parse(html))];
  const summary = elements.find(({ attrs }) =>
    attrs.some(({ name, value }) => name === 'id' && value === 'trouble'),
  );
  // The first paragraph is a title, which is the same for all errors.
  const [, trouble] = summary ? textsOf('p', elementsIn(summary)) : [];
  if (trouble !== undefined) return trouble;
  const heading = elements.findIndex(({ tagName }) => tagName === 'h1');
  if (heading < 0) return '';
  const [title = ''] = textsOf('h1', elements);
  const [first] = textsOf('p', elements.slice(heading));
  return first === undefined ? title : `${title}. ${first}`;
}

/** The texts of the elements with this name, except empty ones. */
function textsOf(tagName: string, elements: Iterable<Tree.Element>): string[] {
  return [...elements]
    .filter((element) => element.tagName === tagName)
    .map((element) => textOf(element).replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
}

function* elementsIn(node: Tree.Node): Generator<Tree.Element> {
  for (const child of 'childNodes' in node ? node.childNodes : []) {
    if (!('tagName' in child)) continue;
    yield child;
    yield* elementsIn(child);
  }
}

function textOf(node: Tree.Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
