import { z } from 'zod';

const base64url = (what: string) =>
  z
    .string({ error: `${what} must be text.` })
    .regex(/^[A-Za-z0-9_-]{1,8192}$/, { error: `${what} is base64url.` });

/** A security key or built-in authenticator in an organization file. */
export const declaredWebAuthnSchema = z.strictObject({
  type: z.literal('webauthn'),
  credentialId: base64url('The credential’s id'),
  publicKey: base64url('The public key').describe('COSE key, base64url.'),
  signCount: z.int().min(0).max(0xffff_ffff).default(0),
  transports: z.array(z.string().max(32)).max(10).default([]),
  isBuiltIn: z.boolean({ error: 'isBuiltIn must be true or false.' }).default(false),
});
