/**
 * A check box for all rows of a page, whose check boxes belong to the form with the id in `data-select-all`. Beside it
 * the number of checked rows is shown.
 */
export function selectAll(box: HTMLElement): void {
  const form = document.getElementById(box.dataset['selectAll'] ?? '');
  if (!(box instanceof HTMLInputElement) || !(form instanceof HTMLFormElement)) return;
  const rows = () =>
    [...form.elements].filter(
      (element): element is HTMLInputElement =>
        element instanceof HTMLInputElement && element.name === 'selected',
    );
  const count = form.querySelector('[data-selected-count]');
  const words = count?.textContent ?? '';
  const show = () => {
    const all = rows();
    const checked = all.filter((row) => row.checked).length;
    box.checked = checked === all.length;
    box.indeterminate = checked > 0 && checked < all.length;
    if (count !== null) count.textContent = checked === 0 ? words : `${checked} selected:`;
  };
  box.addEventListener('change', () => {
    const { checked } = box;
    for (const row of rows()) row.checked = checked;
    show();
  });
  for (const row of rows()) row.addEventListener('change', show);
  // A browser may restore check marks after a reload.
  show();
}
