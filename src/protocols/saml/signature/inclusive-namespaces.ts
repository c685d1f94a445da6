import { EXCLUSIVE_C14N } from './algorithms.ts';
import { elementsOf } from './dom.ts';

/** Whether an element is the parameter of exclusive canonicalisation (xml-exc-c14n §3). */
export const isInclusiveNamespaces = (element: Element): boolean =>
  element.namespaceURI === EXCLUSIVE_C14N && element.localName === 'InclusiveNamespaces';

/** The prefixes of the InclusiveNamespaces inside a CanonicalizationMethod or Transform; '' is the default namespace. */
export function prefixesOf(canonicalisation: Element | undefined): string[] {
  if (!canonicalisation) return [];
  return readPrefixes(
    elementsOf(canonicalisation)
      .filter(isInclusiveNamespaces)
      .map((list) => list.getAttribute('PrefixList') ?? ''),
  );
}

/** The prefixes of lists, which are tokens between white space. */
export const readPrefixes = (lists: readonly string[]): string[] =>
  lists
    .flatMap((list) => list.split(/\s+/))
    .filter((token) => token !== '')
    .map((token) => (token === '#default' ? '' : token));
