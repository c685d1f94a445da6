/* Leaves for the application, and takes this page out of the history so that going back passes it by. */
import { firstVisit } from './parts/once.ts';

const link = document.querySelector<HTMLAnchorElement>('a[data-leave]');
// A view puts `#` where the address wasn't fit to follow.
if (link !== null && link.getAttribute('href') !== '#' && firstVisit()) location.replace(link.href);
