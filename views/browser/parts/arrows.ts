/**
 * Moves the focus from a text field down to the links below it, and between these links as they are seen, in rows. Above
 * the first row is the field again.
 */
export function moveByArrows(field: HTMLInputElement, links: () => readonly HTMLElement[]): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    const all = links();
    const at = all.findIndex((link) => link === event.target);
    const isInField = event.target === field;
    if (at < 0 && !(isInField && event.key === 'ArrowDown')) return;
    const target = isInField ? all[0] : neighbour(all, at, event.key, field);
    if (target === undefined) return;
    event.preventDefault();
    target.focus();
  });
}

function neighbour(
  all: readonly HTMLElement[],
  at: number,
  key: string,
  above: HTMLElement,
): HTMLElement | undefined {
  switch (key) {
    case 'ArrowLeft':
      return all[at - 1];
    case 'ArrowRight':
      return all[at + 1];
    case 'ArrowUp':
      return nearest(all.slice(0, at).reverse(), all[at]) ?? above;
    case 'ArrowDown':
      return nearest(all.slice(at + 1), all[at]);
    default:
      return undefined;
  }
}

/** Of the first row among `others` that isn't the row of `from`, the element that is nearest to its column. */
function nearest(others: readonly HTMLElement[], from: HTMLElement | undefined): HTMLElement | undefined {
  if (from === undefined) return undefined;
  const { top, left } = from.getBoundingClientRect();
  const elsewhere = others
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.top !== top);
  const row = elsewhere.filter(({ box }) => box.top === elsewhere[0]?.box.top);
  const distance = (box: DOMRect) => Math.abs(box.left - left);
  return row.sort((a, b) => distance(a.box) - distance(b.box))[0]?.element;
}
