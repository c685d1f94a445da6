/** A link that fills a value into a field of the page. Without scripts it opens the page again, with the value. */
export function fill(link: HTMLElement): void {
  const input = document.getElementById(link.dataset['fill'] ?? '');
  if (!(input instanceof HTMLInputElement)) return;
  link.addEventListener('click', (event) => {
    // Opened in another tab or window.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    input.value = link.dataset['value'] ?? '';
    input.focus();
  });
}
