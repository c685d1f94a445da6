/* Runs before the first paint: puts the remembered theme on the page and says that scripts run. */
import { remembered } from './parts/theme-memory.ts';

const root = document.documentElement;
root.classList.add('js');
const theme = remembered();
if (theme !== null) root.setAttribute('data-bs-theme', theme);
