/** How long a user pauses before screen readers are told what is still missing. */
const PAUSE_MS = 1000;

/** Marks the rules that the password keeps while the user types. The patterns are those of the server's check. */
export function passwordRules(list: HTMLElement): void {
  const input = document.getElementById(list.dataset['passwordRules'] ?? '');
  const status = document.querySelector('[data-password-status]');
  if (!(input instanceof HTMLInputElement)) return;
  const rules = [...list.querySelectorAll<HTMLElement>('[data-pattern]')].map((item) => ({
    ...{ item, text: item.firstChild?.textContent ?? '' },
    pattern: new RegExp(item.dataset['pattern'] ?? '', 'su'),
  }));
  let timer = 0;

  const mark = () => {
    for (const { item, text, pattern } of rules) {
      item.toggleAttribute('data-met', pattern.test(input.value));
      // What was marked after the last attempt is about another password.
      item.toggleAttribute('data-broken', false);
      item.textContent = text;
    }
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE_MS);
  };

  const tell = () => {
    if (status === null || input.value === '') return;
    const missing = rules.filter(({ pattern }) => !pattern.test(input.value)).map(({ text }) => text);
    status.textContent =
      missing.length === 0 ? 'The password has all that it needs.' : `Still missing: ${missing.join(', ')}.`;
  };

  input.addEventListener('input', mark);
}
