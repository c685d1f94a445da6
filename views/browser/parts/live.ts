import { INTERVAL_MS, presentPart } from './present-part.ts';

/** After this many failures in a row the page says that it is out of date. */
const PATIENCE = 5;

/**
 * Shows a part of the page as it is at present, every two seconds while the page is visible, unless somebody is at work
 * in it. `enhance` makes the parts of new elements work.
 */
export function live(part: HTMLElement, enhance: (root: ParentNode) => void): void {
  const note = part.parentElement?.querySelector<HTMLElement>('.v-live-note');
  const state = note?.querySelector('[data-part="state"]');
  const button = note?.querySelector<HTMLButtonElement>('[data-part="pause"]');
  if (!note || !state || !button) return;
  let isPaused = false;
  let failures = 0;
  /** As the server wrote it: scripts change elements of the page afterwards. */
  let shown = part.innerHTML;

  const show = (mood: 'on' | 'paused' | 'lost', words: string) => {
    note.dataset['live'] = mood;
    // Screen readers speak a status whenever its text is set, even to the same text.
    if (state.textContent !== words) state.textContent = words;
  };
  const look = async () => {
    if (isPaused || document.visibilityState !== 'visible' || isBusy(part)) return;
    try {
      const now = await presentPart(part.id);
      failures = 0;
      show('on', 'Live');
      // Somebody may have begun to work in it while the answer was under way.
      if (!isBusy(part) && now.innerHTML !== shown) {
        shown = now.innerHTML;
        replace(part, now);
        enhance(part);
      }
    } catch {
      failures += 1;
      if (failures >= PATIENCE) show('lost', 'Out of date: load the page again.');
    }
  };
  const again = () => setTimeout(() => void look().then(again), INTERVAL_MS);

  button.hidden = false;
  button.addEventListener('click', () => {
    isPaused = !isPaused;
    button.textContent = isPaused ? 'Go on' : 'Pause';
    show(isPaused ? 'paused' : 'on', isPaused ? 'Paused' : 'Live');
  });
  document.addEventListener('visibilitychange', () => void look());
  show('on', 'Live');
  again();
}

/** Whether a change would take something from under somebody's hands: a text, a choice, an open menu. */
function isBusy(part: HTMLElement): boolean {
  const fields = part.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select');
  const isField = document.activeElement?.matches('input, select, textarea') ?? false;
  const selection = getSelection();
  return (
    (isField && part.contains(document.activeElement)) ||
    [...fields].some(isChanged) ||
    part.querySelector('details[data-menu][open]') !== null ||
    (selection !== null && !selection.isCollapsed && part.contains(selection.anchorNode))
  );
}

function isChanged(field: HTMLInputElement | HTMLSelectElement): boolean {
  if (field instanceof HTMLInputElement) {
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  }
  const options = [...field.options];
  return field.selectedOptions[0] !== (options.find((option) => option.defaultSelected) ?? options[0]);
}

/** Takes over the elements, marks rows that weren't there, and gives the focus back to the same link or button. */
function replace(part: HTMLElement, now: HTMLElement): void {
  const known = new Set([...part.querySelectorAll('tr a')].map((link) => link.getAttribute('href')));
  const focused = part.contains(document.activeElement) ? keyOf(document.activeElement) : undefined;
  const opened = new Set([...part.querySelectorAll('details[open]')].map(({ id }) => id));
  const keepPlace = placeIn(part);
  part.replaceChildren(...now.childNodes);
  keepPlace();
  for (const details of part.querySelectorAll('details')) {
    if (details.id !== '' && opened.has(details.id)) details.open = true;
  }
  for (const row of part.querySelectorAll('tbody tr')) {
    const link = row.querySelector('a');
    if (known.size > 0 && link && !known.has(link.getAttribute('href'))) row.classList.add('v-fresh');
  }
  if (focused === undefined) return;
  const again = [...part.querySelectorAll<HTMLElement>('a, button, summary')].find(
    (element) => keyOf(element) === focused,
  );
  again?.focus({ preventScroll: true });
}

/**
 * Remembers which row somebody reads who has scrolled into a list: the first that is still seen. The returned function
 * scrolls it back to where it was, since new rows come above it.
 */
function placeIn(part: HTMLElement): () => void {
  const rows = () => [...part.querySelectorAll<HTMLElement>('tbody tr')];
  const topOf = (row: HTMLElement) => row.getBoundingClientRect().top;
  const hrefOf = (row: HTMLElement) => row.querySelector('a')?.getAttribute('href');
  const read = rows().find((row) => topOf(row) >= 0);
  // Whoever sees the first row wants to see the newer one above it.
  if (!read || read === rows()[0]) return () => undefined;
  const [href, top] = [hrefOf(read), topOf(read)];
  return () => {
    const again = rows().find((row) => hrefOf(row) === href);
    if (again) scrollBy(0, topOf(again) - top);
  };
}

/** What tells a link or a button from the others of a page. */
function keyOf(element: Element | null): string | undefined {
  if (element === null) return undefined;
  const form = element.closest('form')?.getAttribute('action') ?? '';
  return [element.tagName, element.getAttribute('href') ?? '', form, element.textContent].join('\n');
}
