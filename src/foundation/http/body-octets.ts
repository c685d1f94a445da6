import { AppError } from '../platform/errors.ts';
import type { Ctx } from './context.ts';

/**
 * The octets of a body, piece by piece as they arrive. Throws PayloadTooLarge when there are more than `maxOctets`, and
 * BadRequest when the client closes the connection. What the caller doesn't read is discarded, so that the client gets
 * the answer, and the connection's next request begins where this one ends.
 */
export async function* octetsOf(ctx: Ctx, maxOctets: number, tooLarge: string): AsyncGenerator<Buffer> {
  let size = 0;
  const body = ctx.req.iterator({ destroyOnReturn: false });
  try {
    // The cast is safe: pieces are octets, since no encoding is set.
    for await (const piece of body as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > maxOctets) throw new AppError('PayloadTooLarge', tooLarge);
      yield piece;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    // The client closed the connection; that is no failure of the server.
    throw new AppError('BadRequest', 'The request body could not be read.', { cause: error });
  } finally {
    ctx.req.resume();
  }
}
