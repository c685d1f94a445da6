import { randomBytes } from 'node:crypto';
import type { VNode } from 'preact';
import type { PageContext } from '../../../views/page-context.tsx';
import { renderPage } from '../../foundation/http/render.ts';

/** The placeholder of a value in a pre-rendered page. It is random, so that no name or address can contain it. */
const MARK = randomBytes(16).toString('hex');
const markOf = (index: number) => `${MARK}:${String(index)};`;
const MARKS = new RegExp(`${MARK}:(\\d+);`);

/** How many variants of a page are cached: about one for each application. */
const MAX_CACHED = 500;

/**
 * Renders a page whose values are not known yet. The result is alternately text and the number of a value: 0 is the
 * nonce, and the others follow.
 */
export function renderParts(page: PageContext, render: (page: PageContext) => VNode): readonly string[] {
  // A form contains this visitor's CSRF token, which must not be cached for the next visitor.
  const shared = { ...page, address: undefined, nonce: markOf(0) };
  return renderPage(render(shared)).split(MARKS);
}

/** A complete HTML document. */
export class Html {
  constructor(readonly text: string) {}
}

type Fixed = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Creates a page that is rendered once for each variant. After that, only its values are inserted, escaped as
 * the renderer escapes them. It is for pages that many responses show: rendering takes several times as long
 * as everything else.
 * `fixed` determines the variant and is the key of the cache. `slots` names the values: `render` receives
 * placeholders for them, and must put each unchanged into text or a quoted attribute. Whatever depends on a
 * value in another way belongs in `fixed`. The nonce is a value of every page. A page with a clock banner is rendered
 * anew each time, and no prepared page has the form for a simulated address.
 */
export function preparedPage<Look extends Fixed, Slot extends string>(
  slots: readonly Slot[],
  render: (page: PageContext, fixed: Look, values: Readonly<Record<Slot, string>>) => VNode,
): (fixed: Look, values: Readonly<Record<Slot, string>>) => (page: PageContext) => VNode | Html {
  const looks = new WeakMap<PageContext['assets'], Map<string, readonly string[]>>();

  const partsOf = (page: PageContext, fixed: Look): readonly string[] => {
    const kept = looks.get(page.assets) ?? new Map<string, readonly string[]>();
    looks.set(page.assets, kept);
    const key = JSON.stringify([page.instanceName, page.brand, page.accentStyle, fixed]);
    let parts = kept.get(key);
    if (!parts) {
      parts = split(page, fixed);
      const [oldest] = kept.keys();
      if (kept.size >= MAX_CACHED && oldest !== undefined) kept.delete(oldest);
      kept.set(key, parts);
    }
    return parts;
  };

  /** Alternately text and the index of a value. */
  const split = (page: PageContext, fixed: Look): readonly string[] => {
    const marks = Object.fromEntries(slots.map((slot, index) => [slot, markOf(index + 1)])) as Record<
      Slot,
      string
    >; // the cast is safe: each slot has a mark
    return renderParts(page, (shared) => render(shared, fixed, marks));
  };

  return (fixed, values) => (page) => {
    if (page.clockBanner) return render({ ...page, address: undefined }, fixed, values);
    const given = [page.nonce, ...slots.map((slot) => values[slot])];
    let html = '';
    for (const [index, part] of partsOf(page, fixed).entries()) {
      html += index % 2 === 0 ? part : escapeHtml(given[Number(part)] ?? '');
    }
    return new Html(html);
  };
}

/** Escapes like preact-render-to-string, for text and quoted attributes. */
export function escapeHtml(text: string): string {
  // Three searches for one character take a tenth of the time of a regular expression: responses are long.
  if (!text.includes('&') && !text.includes('<') && !text.includes('"')) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
