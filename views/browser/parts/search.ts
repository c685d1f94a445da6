import { countText, matches } from '../../portal/match.ts';
import { moveByArrows } from './arrows.ts';

/**
 * Filters the portal's tiles, or the operations of the API, while the user types. "/" moves the focus to the search box, Escape empties it, Enter
 * opens the only match, and the arrows move between the box and the tiles.
 */
export function search(input: HTMLInputElement): void {
  const items = [...document.querySelectorAll<HTMLElement>('[data-search-text]')];
  const count = document.querySelector('[data-search-count]');
  const none = document.querySelector<HTMLElement>('[data-search-none]');
  const query = document.querySelector('[data-search-query]');
  const sections = document.querySelectorAll<HTMLElement>('[data-search-section]');
  /** Undefined for the portal's applications. */
  const noun = input.dataset['searchNoun'];

  const links = () =>
    items.flatMap((item) => (item.hidden ? [] : [...item.querySelectorAll<HTMLAnchorElement>('a')]));
  const onlyMatch = () => {
    const [first, ...others] = input.value.trim() === '' ? [] : links();
    return others.length === 0 ? first : undefined;
  };

  const apply = () => {
    let shown = 0;
    for (const item of items) {
      item.hidden = !matches(item.dataset['searchText'] ?? '', input.value);
      if (!item.hidden) shown += 1;
    }
    for (const section of sections)
      section.hidden = section.querySelector('[data-search-text]:not([hidden])') === null;
    if (count !== null) {
      const hint = onlyMatch() === undefined ? '' : ' – press Enter to open it';
      count.textContent = countText(shown, items.length, input.value, noun) + hint;
    }
    if (query !== null) query.textContent = input.value;
    if (none !== null) none.hidden = shown > 0;
  };

  const clear = () => {
    input.value = '';
    apply();
    input.focus();
  };

  input.addEventListener('input', apply);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && input.value !== '') {
      event.preventDefault();
      clear();
    }
    // While an input method composes a word, Enter ends the word.
    if (event.key !== 'Enter' || event.isComposing) return;
    const match = onlyMatch();
    if (match === undefined) return;
    event.preventDefault();
    // With Shift, the tile shows its response first: see administrator.ts.
    const { shiftKey } = event;
    match.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey }));
  });
  moveByArrows(input, links);
  document.querySelector('[data-search-clear]')?.addEventListener('click', (event) => {
    event.preventDefault();
    clear();
  });
  document.addEventListener('keydown', (event) => {
    const typing =
      event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.select();
    input.focus();
  });
  // A browser may restore the search text after a reload.
  apply();
}
