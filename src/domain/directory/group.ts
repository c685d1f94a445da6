import { z } from 'zod';
import { line, text } from '../organizations/text.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { GroupId } from '../../foundation/platform/ids.ts';

/** A set of users. Groups don't contain groups. */
export interface Group {
  id: GroupId;
  displayName: string;
  description: string;
  /** Grows with every change. */
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

/** The input for a new group (guide, "Add groups"). */
export const groupInputSchema = z.strictObject({
  displayName: line('The group name', { max: 1024 }),
  description: text('The description', { min: 0, max: 1024 }).default(''),
});

export type GroupInput = z.output<typeof groupInputSchema>;

export const groupChangeSchema = z
  .strictObject({
    displayName: groupInputSchema.shape.displayName,
    description: text('The description', { min: 0, max: 1024 }),
  })
  .partial();

export type GroupChange = z.output<typeof groupChangeSchema>;
