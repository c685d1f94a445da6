import { z } from 'zod';
import { EMAIL_ADDRESS } from '../mail/email-address.ts';
import { line } from '../organizations/text.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import type { UserId } from '../../foundation/platform/ids.ts';
import { attributesSchema, type UserAttributes } from './attributes.ts';

/** A user of the identity store. */
export interface User {
  id: UserId;
  /** The name with which the user signs in. It never changes. */
  userName: string;
  email: string;
  givenName: string;
  familyName: string;
  displayName: string;
  attributes: UserAttributes;
  /** A disabled user can't sign in, and its record can't be edited. */
  enabled: boolean;
  /** Grows with every change. */
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

/** In characters. */
export const MAX_USER_NAME = 128;

/**
 * Without characters that nobody sees, as in AWS: two users could have names that look the same, and whoever assigns an
 * application or grants access would choose the wrong one.
 */
const userName = line('The user name', { max: MAX_USER_NAME })
  .refine((name) => !/\s/.test(name), { error: 'The user name can’t have spaces.' })
  .refine((name) => !/\p{Cf}/u.test(name), {
    error: 'The user name has a character that can’t be seen. Remove it.',
  });

const email = line('The email address', { min: 3, max: 254 }).regex(EMAIL_ADDRESS, {
  error: 'Expected an email address, such as ana@example.com.',
});

/** The fields that can be changed. A new user needs them all (guide, "Add users"). */
const changeable = {
  email,
  givenName: line('The first name', { max: 1024 }),
  familyName: line('The last name', { max: 1024 }),
  displayName: line('The display name', { max: 1024 }),
};

export const userInputSchema = z.strictObject({
  userName,
  ...changeable,
  attributes: attributesSchema.optional(),
});

export type UserInput = z.output<typeof userInputSchema>;

/** Any field but the user name, which never changes. Given attributes replace all previous ones. */
export const userChangeSchema = z.strictObject({ ...changeable, attributes: attributesSchema }).partial();

export type UserChange = z.output<typeof userChangeSchema>;

/**
 * Throws ConflictException for a disabled user, whose details can't be edited, password reset, groups viewed
 * or extended (guide, "Disable a user").
 */
export function assertEditable(user: User): void {
  if (user.enabled) return;
  throw new AppError('ConflictException', `The user ${user.userName} is disabled. Enable the user first.`);
}
