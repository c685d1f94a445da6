/** Shows and hides the text of a password field, and hides it before the form is sent. */
export function reveal(button: HTMLElement): void {
  const input = document.getElementById(button.dataset['reveal'] ?? '');
  if (!(input instanceof HTMLInputElement)) return;
  const show = (visible: boolean) => {
    input.type = visible ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(visible));
    button.querySelector('[data-part="show"]')?.toggleAttribute('hidden', visible);
    button.querySelector('[data-part="hide"]')?.toggleAttribute('hidden', !visible);
  };
  button.addEventListener('click', () => {
    const { selectionStart, selectionEnd } = input;
    show(input.type === 'password');
    input.focus();
    input.setSelectionRange(selectionStart, selectionEnd);
  });
  // Browsers remember the values of sent text fields.
  input.form?.addEventListener('submit', () => show(false));
}
