/**
 * Holding Shift while choosing a tile leads to the page that shows the response before it is sent, instead of to a new window
 * of the browser. A click covers the Enter key and touch, too.
 */
export function administrator(tiles: HTMLElement): void {
  tiles.addEventListener('click', (event) => {
    if (!event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const tile = event.target instanceof Element ? event.target.closest('a') : null;
    // A view puts `#` where the address wasn't fit to follow.
    if (tile === null || tile.getAttribute('href') === '#') return;
    event.preventDefault();
    open(`${tile.href}?administrator`, '_blank', 'noopener');
  });
  showKey(tiles);
}

/** Shows on the tiles that Shift is held. */
function showKey(tiles: HTMLElement): void {
  const show = (held: boolean) => tiles.classList.toggle('v-tiles-administrator', held);
  addEventListener('keydown', ({ key, target }) => {
    // Somebody who types a capital into the search box wants no tile.
    if (key === 'Shift' && !(target instanceof HTMLInputElement)) show(true);
  });
  addEventListener('keyup', ({ key }) => {
    if (key === 'Shift') show(false);
  });
  // It may be let go while another window has the keyboard.
  addEventListener('blur', () => show(false));
}
