import { INTERVAL_MS, presentPart } from './present-part.ts';

/** After this many failures in a row the page is left as it is. */
const PATIENCE = 30;

/**
 * Fetches the page again every two seconds while its work goes on, and shows the new state in place. When the work has
 * ended, the page is loaded anew, so that everything on it is of then.
 */
export function progress(part: HTMLElement): void {
  let failures = 0;
  const again = () => setTimeout(() => void look(), INTERVAL_MS);
  const look = async () => {
    try {
      const now = await presentPart(part.id);
      if (now.dataset['progress'] === undefined) {
        location.reload();
        return;
      }
      update(part, now);
      failures = 0;
    } catch {
      failures += 1;
      if (failures >= PATIENCE) return;
    }
    again();
  };
  again();
}

/** Takes over the numbers and texts, and leaves the elements: one of them, such as the button, may have the focus. */
function update(part: HTMLElement, now: HTMLElement): void {
  const [bar, bars] = [part.querySelector('progress'), now.querySelector('progress')];
  if (bar !== null && bars !== null) {
    bar.max = bars.max;
    if (bars.hasAttribute('value')) bar.value = bars.value;
  }
  const texts = [...now.querySelectorAll('[data-progress-text]')];
  for (const [index, element] of part.querySelectorAll('[data-progress-text]').entries()) {
    const text = texts[index]?.textContent;
    if (text !== undefined && text !== element.textContent) element.textContent = text;
  }
}
