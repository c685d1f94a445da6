import { randomBytes } from 'node:crypto';
import type { VNode } from 'preact';
import type { PageContext } from '../../../views/page-context.tsx';
import { renderPage } from '../../foundation/http/render.ts';

/** Stands for a value in a page that is rendered ahead. Nobody outside can write it, so that no name or address is taken for it. */
const MARK = randomBytes(16).toString('hex');
const markOf = (index: number) => `${MARK}:${String(index)};`;
const MARKS = new RegExp(`${MARK}:(\\d+);`);

/** Looks that are kept of one page: an application more or less has one. */
const KEPT = 500;

/** A whole document that needs no renderer any more. */
export class Html {
  constructor(readonly text: string) {}
}

type Fixed = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * A page that is rendered once for each look of it and from then on only given its values, escaped as the renderer escapes
 * them: for what every response shows, since rendering takes several times as long as all else that a page needs.
 *
 * `fixed` decides the look and is what a look is kept by. `slots` name the values: `render` sees only places for them, and
 * each must go, as it is, into text or a quoted attribute; what depends on a value is another look. The nonce and the request
 * id are values of every page. A page with a clock's banner is rendered as ever; one for a simulated address has no control.
 */
export function preparedPage<Look extends Fixed, Slot extends string>(
  slots: readonly Slot[],
  render: (page: PageContext, fixed: Look, values: Readonly<Record<Slot, string>>) => VNode,
): (fixed: Look, values: Readonly<Record<Slot, string>>) => (page: PageContext) => VNode | Html {
  const looks = new WeakMap<PageContext['assets'], Map<string, readonly string[]>>();

  const partsOf = (page: PageContext, fixed: Look): readonly string[] => {
    const kept = looks.get(page.assets) ?? new Map<string, readonly string[]>();
    looks.set(page.assets, kept);
    const key = JSON.stringify([page.instanceName, fixed]);
    let parts = kept.get(key);
    if (!parts) {
      parts = split(page, fixed);
      const [oldest] = kept.keys();
      if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
      kept.set(key, parts);
    }
    return parts;
  };

  /** Text and the index of a value by turns. */
  const split = (page: PageContext, fixed: Look): readonly string[] => {
    const marks = Object.fromEntries(slots.map((slot, index) => [slot, markOf(index + 2)])) as Record<
      Slot,
      string
    >; // each slot has its mark
    // A form with this visitor's token must not be kept for the next one.
    const shared = { ...page, address: undefined, nonce: markOf(0), requestId: markOf(1) };
    return renderPage(render(shared, fixed, marks)).split(MARKS);
  };

  return (fixed, values) => (page) => {
    if (page.clockBanner) return render({ ...page, address: undefined }, fixed, values);
    const given = [page.nonce, page.requestId, ...slots.map((slot) => values[slot])];
    let html = '';
    for (const [index, part] of partsOf(page, fixed).entries()) {
      html += index % 2 === 0 ? part : escapeHtml(given[Number(part)] ?? '');
    }
    return new Html(html);
  };
}

/** As preact-render-to-string escapes text and quoted attributes. */
function escapeHtml(text: string): string {
  if (!/["&<]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
