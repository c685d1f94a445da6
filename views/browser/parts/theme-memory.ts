export type Theme = 'light' | 'dark';

const KEY = 'vestibule-theme';

/** The theme chosen in this browser; null follows the system. */
export function remembered(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    // The browser may forbid storage; then no theme is remembered.
    return null;
  }
}

/** Remembers a theme; null follows the system again. */
export function remember(theme: Theme | null): void {
  try {
    if (theme === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
