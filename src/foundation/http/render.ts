import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** The HTML document of a page from `views/`; the renderer escapes all text in it. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
