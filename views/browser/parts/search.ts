import { countText, matches } from '../../portal/match.ts';

/** Filters the portal's tiles while the user types. "/" moves the focus to the search box, Escape empties it. */
export function search(input: HTMLInputElement): void {
  const items = [...document.querySelectorAll<HTMLElement>('[data-search-text]')];
  const count = document.querySelector('[data-search-count]');
  const none = document.querySelector<HTMLElement>('[data-search-none]');
  const query = document.querySelector('[data-search-query]');

  const apply = () => {
    let shown = 0;
    for (const item of items) {
      item.hidden = !matches(item.dataset['searchText'] ?? '', input.value);
      if (!item.hidden) shown += 1;
    }
    if (count !== null) count.textContent = countText(shown, items.length, input.value);
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
  });
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
