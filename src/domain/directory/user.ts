import { z } from 'zod';
import { line } from '../organizations/text.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import type { UserId } from '../../foundation/platform/ids.ts';
import { attributesSchema, type UserAttributes } from './attributes.ts';

/** A person in the identity store. */
export interface User {
  id: UserId;
  /** What the person signs in with; it never changes. */
  userName: string;
  email: string;
  givenName: string;
  familyName: string;
  displayName: string;
  attributes: UserAttributes;
  /** A disabled user can't sign in, and nothing of it can be changed. */
  enabled: boolean;
  /** Grows with every change. */
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

const userName = line('The user name', { max: 128 }).refine((name) => !/\s/.test(name), {
  error: 'The user name can’t have spaces.',
});

// Two parts with an @ between them: whether mail arrives is for the mail server to say.
const email = line('The email address', { min: 3, max: 254 }).regex(/^[^\s@]+@[^\s@]+$/, {
  error: 'Expected an email address, such as ana@example.com.',
});

/** What can be changed of a user; names and address are required of a new one (guide, "Add users"). */
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

/** Any of the fields but the user name, which never changes. Attributes that are given replace all the earlier ones. */
export const userChangeSchema = z.strictObject({ ...changeable, attributes: attributesSchema }).partial();

export type UserChange = z.output<typeof userChangeSchema>;

/**
 * Refuses what can't be done with a disabled user: edit the details, reset the password, add to a group, view the
 * groups (guide, "Disable a user").
 */
export function assertEditable(user: User): void {
  if (user.enabled) return;
  throw new AppError('ConflictException', `The user ${user.userName} is disabled. Enable the user first.`);
}
