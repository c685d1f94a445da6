const PAUSE_MS = 400;

/**
 * Shows what a form would make while somebody types: the form is sent as its button “Preview” sends it, and of the
 * answer only the preview is taken over.
 */
export function livePreview(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  const shown = form.querySelector('.v-preview');
  if (!shown) return;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const look = async () => {
    const mine = (last += 1);
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    body.append('act', 'preview');
    const answer = await fetch(form.action, { method: 'POST', body });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const now = page.querySelector('.v-preview');
    // An answer that was overtaken by a later one is of an older state.
    if (now && mine === last) shown.replaceChildren(...now.childNodes);
  };
  // Otherwise Enter would save the form.
  form.querySelector('[name="user"]')?.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter') return;
    event.preventDefault();
    void look().catch(() => undefined);
  });
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    // Without an answer, what is shown stays.
    waiting = setTimeout(() => void look().catch(() => undefined), PAUSE_MS);
  });
}
