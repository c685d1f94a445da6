/* Loaded by every page: each part finds its own elements, and does nothing when there are none. */
import { administrator } from './parts/administrator.ts';
import { copy } from './parts/copy.ts';
import { fill } from './parts/fill.ts';
import { livePreview } from './parts/live-preview.ts';
import { menu } from './parts/menu.ts';
import { passwordRules } from './parts/password-rules.ts';
import { place } from './parts/place.ts';
import { progress } from './parts/progress.ts';
import { reveal } from './parts/reveal.ts';
import { search } from './parts/search.ts';
import { selectAll } from './parts/select-all.ts';
import { submitOnce } from './parts/submit-once.ts';
import { themeToggle } from './parts/theme-toggle.ts';

function each(selector: string, use: (element: HTMLElement) => void): void {
  document.querySelectorAll<HTMLElement>(selector).forEach(use);
}

submitOnce();
each('[data-theme-toggle]', themeToggle);
each('[data-menu]', menu);
each('[data-copy]', copy);
each('[data-reveal]', reveal);
each('[data-password-rules]', passwordRules);
each('[data-fill]', fill);
each('[data-administrator]', administrator);
each('[data-select-all]', selectAll);
each('[data-progress]', progress);
each('.v-console-nav [aria-current]', place);
each('[data-live-preview]', livePreview);
each('[data-search-input]', (element) => {
  if (element instanceof HTMLInputElement) search(element);
});
