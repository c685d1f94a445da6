import { generateSync } from 'otplib';

/** What an authenticator app with this secret shows at an instant. */
export const totpCode = (secret: string, at: number): string =>
  generateSync({ secret, epoch: Math.floor(at / 1000) });
