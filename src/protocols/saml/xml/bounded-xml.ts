import type { XmlLimits } from './limits.ts';
import { scanXml, type ScanReason } from './scan.ts';

declare const examined: unique symbol;

/**
 * Text that `boundXml` has examined: its size and shape are limited, and it has neither a document type nor processing
 * instructions. Only such text is given to a library: what the libraries do with a text costs more than its length
 * shows, and they do it before they refuse.
 */
export type BoundedXml = string & { readonly [examined]: true };

export type BoundFault = 'too-large' | ScanReason;

export type BoundVerdict =
  | { readonly ok: true; readonly xml: BoundedXml }
  | { readonly ok: false; readonly reason: BoundFault; readonly detail: string };

/** Examines a text in one pass. It may still not be well-formed: that is for a parser to find. */
export function boundXml(text: string, limits: XmlLimits): BoundVerdict {
  if (text.length > limits.bytes || Buffer.byteLength(text) > limits.bytes) {
    return { ok: false, reason: 'too-large', detail: `longer than ${String(limits.bytes)} octets` };
  }
  const fault = scanXml(text, limits);
  if (fault) return { ok: false, ...fault };
  return { ok: true, xml: text as BoundedXml }; // this function alone makes the type
}
