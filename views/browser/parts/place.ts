/** Scrolls a navigation that is wider than the screen to the place that is shown. */
export function place(element: HTMLElement): void {
  const list = element.closest('ul');
  if (list) list.scrollLeft = element.offsetLeft - (list.clientWidth - element.offsetWidth) / 2;
}
