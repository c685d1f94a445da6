import type { ComponentChildren } from 'preact';
import { renderPage } from '../../../src/foundation/http/render.ts';
import { PageProvider } from '../../../views/page-context.tsx';

const page = { nonce: 'n', assets: (name: string) => `/assets/${name}` };

/** The HTML of a part of a page. */
export function html(part: ComponentChildren): string {
  return renderPage(<PageProvider page={page}>{part}</PageProvider>).replace('<!doctype html>', '');
}

/** The text as people see it, without tags, and with single spaces. */
export function textOf(markup: string): string {
  return markup
    .replace(/<wbr\/?>/g, '')
    .replace(/<(?:[^>"]|"[^"]*")+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Every first group of a pattern in a text. */
export const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]);
