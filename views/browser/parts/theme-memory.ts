export type Theme = 'light' | 'dark';

const KEY = 'vestibule-theme';

/** The theme this browser was told to use; null follows the system. */
export function remembered(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    // Storage can be forbidden altogether; then nothing is remembered.
    return null;
  }
}

/** Remembers a theme, or with null goes back to following the system. */
export function remember(theme: Theme | null): void {
  try {
    if (theme === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // As above: the choice lasts as long as the page.
  }
}
