/* Goes to the application, and replaces this page in the history so that going back skips it. */
import { firstVisit } from './parts/once.ts';

const link = document.querySelector<HTMLAnchorElement>('a[data-leave]');
// A view writes `#` for an unsafe URL.
if (link !== null && link.getAttribute('href') !== '#' && firstVisit()) location.replace(link.href);
