const MESSAGE_MS = 2000;

/** Copies the button's text to the clipboard, and shows for a moment whether that worked. */
export function copy(button: HTMLElement): void {
  const label = button.querySelector('[data-part="label"]');
  const before = label?.textContent ?? '';
  button.addEventListener('click', () => {
    const say = (text: string) => {
      if (label === null) return;
      label.textContent = text;
      setTimeout(() => {
        label.textContent = before;
      }, MESSAGE_MS);
    };
    toClipboard(button.dataset['copy'] ?? '').then(
      () => say('Copied'),
      () => say('Copying failed'),
    );
  });
}

async function toClipboard(text: string): Promise<void> {
  // Over plain http (except at localhost) `clipboard` is undefined, whatever its type says; the promise then rejects.
  await navigator.clipboard.writeText(text);
}
