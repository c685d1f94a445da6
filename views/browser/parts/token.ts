const KEY = 'vestibule-api-token';

/** The API token that was entered in this tab. No other tab and no later visit has it. */
export const presentToken = (): string => sessionStorage.getItem(KEY) ?? '';

/** The field of the API token, with its button to forget it. */
export function token(part: HTMLElement): void {
  const field = part.querySelector('input');
  if (!field) return;
  field.value = presentToken();
  field.addEventListener('input', () => {
    if (field.value === '') sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, field.value.trim());
  });
  part.querySelector('[data-part="forget"]')?.addEventListener('click', () => {
    sessionStorage.removeItem(KEY);
    field.value = '';
    field.focus();
  });
}
