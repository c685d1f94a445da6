/** Remembers which of several radio buttons was chosen, for all pages of this browser. */
export function remember(part: HTMLElement): void {
  const key = `vestibule-${part.dataset['remember'] ?? ''}`;
  const before = localStorage.getItem(key);
  for (const radio of part.querySelectorAll<HTMLInputElement>('input[type="radio"]')) {
    if (radio.value === before) radio.checked = true;
    radio.addEventListener('change', () => localStorage.setItem(key, radio.value));
  }
}
