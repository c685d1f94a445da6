import { AppError } from '../platform/errors.ts';
import type { Middleware } from './context.ts';

/**
 * Refuses encoded bodies with 415, before a parser inflates them: a compressed form of two kilobytes can contain a
 * thousand times as much, which would pass the proxies that limit the size of what they see, and cost the server more
 * than the client that sends it. Accept-Encoding says what is accepted instead (RFC 9110 §15.5.16).
 */
export const refuseEncodedBody: Middleware = async (ctx, next) => {
  const encoding = ctx.get('Content-Encoding').trim().toLowerCase();
  if (encoding !== '' && encoding !== 'identity') {
    ctx.set('Accept-Encoding', 'identity');
    throw new AppError('UnsupportedMediaType', 'Send the body uncompressed, without a Content-Encoding.');
  }
  await next();
};
