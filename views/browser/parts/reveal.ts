/** Shows and hides what is typed into a password field; hidden again before the form is sent. */
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
  // Browsers remember what was sent in text fields.
  input.form?.addEventListener('submit', () => show(false));
}
