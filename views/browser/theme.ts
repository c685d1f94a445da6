/* Runs before the first paint: sets the remembered theme, and marks the page as having scripts. */
import { remembered } from './parts/theme-memory.ts';

const root = document.documentElement;
root.classList.add('js');
const theme = remembered();
if (theme !== null) root.setAttribute('data-bs-theme', theme);
