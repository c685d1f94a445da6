/**
 * With Shift held, choosing a tile opens the page that shows the response before it is sent; browsers would open a new
 * window. The click event also covers the Enter key and touch.
 */
export function administrator(tiles: HTMLElement): void {
  tiles.addEventListener('click', (event) => {
    if (!event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const tile = event.target instanceof Element ? event.target.closest('a') : null;
    // A view writes `#` for an unsafe URL.
    if (tile === null || tile.getAttribute('href') === '#') return;
    event.preventDefault();
    open(`${tile.href}?administrator`, '_blank', 'noopener');
  });
  showKey(tiles);
}

/** Changes the look of the tiles while Shift is held. */
function showKey(tiles: HTMLElement): void {
  const show = (held: boolean) => tiles.classList.toggle('v-tiles-administrator', held);
  addEventListener('keydown', ({ key, target }) => {
    // Not while a user types a capital letter into the search box.
    if (key === 'Shift' && !(target instanceof HTMLInputElement)) show(true);
  });
  addEventListener('keyup', ({ key }) => {
    if (key === 'Shift') show(false);
  });
  // Shift may be released while another window has the focus.
  addEventListener('blur', () => show(false));
}
