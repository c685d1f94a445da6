/* Loaded by every page: each part finds its own elements, and does nothing when there are none. */
import { administrator } from './parts/administrator.ts';
import { copy } from './parts/copy.ts';
import { fill } from './parts/fill.ts';
import { livePreview } from './parts/live-preview.ts';
import { live } from './parts/live.ts';
import { menu } from './parts/menu.ts';
import { passwordRules } from './parts/password-rules.ts';
import { place } from './parts/place.ts';
import { print } from './parts/print.ts';
import { progress } from './parts/progress.ts';
import { reveal } from './parts/reveal.ts';
import { search } from './parts/search.ts';
import { selectAll } from './parts/select-all.ts';
import { submitOnce } from './parts/submit-once.ts';
import { themeToggle } from './parts/theme-toggle.ts';

function each(root: ParentNode, selector: string, use: (element: HTMLElement) => void): void {
  root.querySelectorAll<HTMLElement>(selector).forEach(use);
}

/** Makes the parts below an element work: those of the page, and later those that were brought into it. */
function enhance(root: ParentNode): void {
  each(root, '[data-theme-toggle]', themeToggle);
  each(root, '[data-menu]', menu);
  each(root, '[data-copy]', copy);
  each(root, '[data-reveal]', reveal);
  each(root, '[data-password-rules]', passwordRules);
  each(root, '[data-fill]', fill);
  each(root, '[data-administrator]', administrator);
  each(root, '[data-select-all]', selectAll);
  each(root, '[data-progress]', progress);
  each(root, '[data-print]', print);
  each(root, '.v-console-nav [aria-current]', place);
  each(root, '[data-live-preview]', livePreview);
  each(root, '[data-search-input]', (element) => {
    if (element instanceof HTMLInputElement) search(element);
  });
}

// First, because it compares its part with what the server sends, and the others change the page.
each(document, '[data-live]', (part) => {
  live(part, enhance);
});
submitOnce();
enhance(document);
