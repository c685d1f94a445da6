import type { VNode } from 'preact';
import type { PageContext } from '../../../views/page-context.tsx';
import { escapeHtml, renderParts } from './prepared-page.ts';

/** A complete HTML document in pieces, most of which it shares with other answers. */
export class HtmlPieces {
  constructor(readonly pieces: readonly Buffer[]) {}
}

/**
 * Creates a large page that is the same for everyone, except for the nonce and the request id. It is rendered once, and
 * all answers share its octets: otherwise clients that ask for it and don't read it would fill the memory with copies.
 */
export function largePage(render: (page: PageContext) => VNode): (page: PageContext) => HtmlPieces {
  let parts: readonly (Buffer | string)[] | undefined;
  return (page) => {
    parts ??= renderParts(page, render).map((part, index) => (index % 2 === 0 ? Buffer.from(part) : part));
    const [nonce, requestId] = [page.nonce, page.requestId].map((value) => Buffer.from(escapeHtml(value)));
    const pieces = parts.flatMap((part) => (part === '0' ? nonce : part === '1' ? requestId : part) ?? []);
    // Only Buffers are left: every number was one of these two.
    return new HtmlPieces(pieces as Buffer[]);
  };
}
