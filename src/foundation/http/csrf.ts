import { equalSecrets, type Sealer } from '../platform/crypto.ts';
import { AppError } from '../platform/errors.ts';
import type { Ctx } from './context.ts';

/** Tokens against cross-site request forgery: only a page that was shown to the same browser contains its token. */
export interface Csrf {
  /** The token for the field `csrf` of a browser's forms. `browser` is the secret in the browser's cookie. */
  token(browser: string): string;
  /** Throws AccessDeniedException unless the form came from one of our pages in the same browser. */
  check(ctx: Ctx, browser: string | undefined, token: string): void;
}

/**
 * Whether a page of another site or port caused the request. A browser says so in Sec-Fetch-Site, which a page can't
 * forge; without that header nothing is known, so that old browsers still work.
 */
export function isFromElsewhere(ctx: Pick<Ctx, 'get'>): boolean {
  return !['', 'same-origin', 'none'].includes(ctx.get('Sec-Fetch-Site'));
}

/**
 * Two defences against cross-site request forgery: Sec-Fetch-Site, which a foreign page can't forge, and a token
 * bound to the browser's cookie (HMAC double submit) for browsers that don't send that header.
 */
export function createCsrf(sealer: Sealer): Csrf {
  const token = (browser: string) => sealer.mac('csrf', browser);
  return {
    token,
    check(ctx, browser, given) {
      if (isFromElsewhere(ctx) || browser === undefined || !equalSecrets(token(browser), given)) {
        throw new AppError(
          'AccessDeniedException',
          'This form was not sent from one of our pages in this browser, or cookies are off. Go back, reload the page and try again.',
        );
      }
    },
  };
}
