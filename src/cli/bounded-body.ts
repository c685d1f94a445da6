/**
 * The body of an answer, unless it has more than `maxBytes`: then undefined, and the rest is not received. Octets are
 * counted as they are decompressed, so a small body that inflates to gigabytes is not kept either.
 */
export async function readBody(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (!response.body) return Buffer.alloc(0);
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks);
}

/** Why a request got no answer, to continue a sentence. `fetch` itself only says that it failed. */
export function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] !== undefined) return networkReason(cause.errors[0]);
  return cause instanceof Error ? networkReason(cause) : error.message;
}
