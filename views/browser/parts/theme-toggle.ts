import { remember, type Theme } from './theme-memory.ts';

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

function system(): Theme {
  return systemIsDark.matches ? 'dark' : 'light';
}

function current(): Theme {
  const chosen = document.documentElement.getAttribute('data-bs-theme');
  return chosen === 'light' || chosen === 'dark' ? chosen : system();
}

/** The button that switches between light and dark. Choosing the system's theme follows the system again. */
export function themeToggle(button: HTMLElement): void {
  const show = () => {
    const dark = current() === 'dark';
    button.setAttribute('aria-label', dark ? 'Switch to light theme' : 'Switch to dark theme');
    button.querySelector('[data-part="to-dark"]')?.toggleAttribute('hidden', dark);
    button.querySelector('[data-part="to-light"]')?.toggleAttribute('hidden', !dark);
  };
  button.addEventListener('click', () => {
    const next: Theme = current() === 'dark' ? 'light' : 'dark';
    if (next === system()) document.documentElement.removeAttribute('data-bs-theme');
    else document.documentElement.setAttribute('data-bs-theme', next);
    remember(next === system() ? null : next);
    show();
  });
  systemIsDark.addEventListener('change', show);
  show();
}
