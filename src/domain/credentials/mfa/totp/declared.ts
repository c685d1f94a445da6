import { z } from 'zod';
import { totpSecretSchema } from './secret.ts';

/** An authenticator app as an organization file declares it. */
export const declaredTotpSchema = z.strictObject({
  type: z.literal('totp'),
  secret: totpSecretSchema,
  lastStep: z.int().min(0).nullable().default(null).describe('The last step whose code was used.'),
  driftSteps: z.int().min(-1000).max(1000).default(0),
  inSync: z.boolean({ error: 'inSync must be true or false.' }).default(true),
});
