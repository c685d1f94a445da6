import type { VNode } from 'preact';
import type { PageContext } from '../../../views/page-context.tsx';
import { escapeHtml, renderParts } from './prepared-page.ts';

/** A complete HTML document in pieces, most of which it shares with other answers. */
export class HtmlPieces {
  constructor(readonly pieces: readonly Buffer[]) {}
}

/**
 * Creates a large page that is the same for everyone, except for the nonce. It is rendered once, and all
 * answers share its octets: otherwise clients that ask for it and don't read it would fill the memory with copies.
 */
export function largePage(render: (page: PageContext) => VNode): (page: PageContext) => HtmlPieces {
  let parts: readonly (Buffer | string)[] | undefined;
  return (page) => {
    parts ??= renderParts(page, render).map((part, index) => (index % 2 === 0 ? Buffer.from(part) : part));
    const nonce = Buffer.from(escapeHtml(page.nonce));
    return new HtmlPieces(parts.map((part) => (typeof part === 'string' ? nonce : part)));
  };
}
