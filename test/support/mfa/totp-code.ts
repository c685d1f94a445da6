import { generateSync } from 'otplib';

/** The code of an authenticator app with this secret at an instant. */
export const totpCode = (secret: string, at: number): string =>
  generateSync({ secret, epoch: Math.floor(at / 1000) });
