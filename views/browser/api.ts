/* The pages about the control API: the token of this tab, the language of examples, and “Try it”. */
import { remember } from './parts/remember.ts';
import { token } from './parts/token.ts';
import { tryIt } from './parts/try-it.ts';

document.querySelectorAll<HTMLElement>('[data-token]').forEach(token);
document.querySelectorAll<HTMLElement>('[data-remember]').forEach(remember);
document.querySelectorAll<HTMLElement>('[data-try]').forEach(tryIt);
