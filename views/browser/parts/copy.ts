const SAID_MS = 2000;

/** Copies the button's text to the clipboard and says for a moment whether that worked. */
export function copy(button: HTMLElement): void {
  const label = button.querySelector('[data-part="label"]');
  const before = label?.textContent ?? '';
  button.addEventListener('click', () => {
    const say = (text: string) => {
      if (label === null) return;
      label.textContent = text;
      setTimeout(() => {
        label.textContent = before;
      }, SAID_MS);
    };
    toClipboard(button.dataset['copy'] ?? '').then(
      () => say('Copied'),
      () => say('Copying failed'),
    );
  });
}

async function toClipboard(text: string): Promise<void> {
  // Plain http on another name than localhost has no clipboard, whatever the types say: that rejects like a refusal.
  await navigator.clipboard.writeText(text);
}
