import { z } from 'zod';
import { totpSecretSchema } from './secret.ts';

/** An authenticator app in an organization file. */
export const declaredTotpSchema = z.strictObject({
  type: z.literal('totp'),
  secret: totpSecretSchema,
  lastStep: z.int().min(0).nullable().default(null).describe('The step of the last used code.'),
  driftSteps: z.int().min(-1000).max(1000).default(0),
  inSync: z.boolean({ error: 'inSync must be true or false.' }).default(true),
});
