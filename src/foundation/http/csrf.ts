import { equalSecrets, type Sealer } from '../platform/crypto.ts';
import { AppError } from '../platform/errors.ts';
import type { Ctx } from './context.ts';

/** Tokens that only a page shown to the same browser can hold. */
export interface Csrf {
  /** The token of a browser, for the field `csrf` of its forms. `browser` is the secret in its cookie. */
  token(browser: string): string;
  /** Throws AccessDeniedException unless this form came from a page of ours in the same browser. */
  check(ctx: Ctx, browser: string | undefined, token: string): void;
}

/**
 * Cross-site request forgery is stopped twice: by Sec-Fetch-Site (a foreign page can't forge it), and by a token bound
 * to the browser's cookie (HMAC double submit), for browsers that don't send it.
 */
export function createCsrf(sealer: Sealer): Csrf {
  const token = (browser: string) => sealer.mac('csrf', browser);
  return {
    token,
    check(ctx, browser, given) {
      const site = ctx.get('Sec-Fetch-Site');
      const foreign = site !== '' && site !== 'same-origin' && site !== 'none';
      if (foreign || browser === undefined || !equalSecrets(token(browser), given)) {
        throw new AppError(
          'AccessDeniedException',
          'This form was not sent from a page of ours in this browser, or cookies are off. Go back, reload the page and try again.',
        );
      }
    },
  };
}
