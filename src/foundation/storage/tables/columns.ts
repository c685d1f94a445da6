import type { ColumnType } from 'kysely';

/** A boolean, as both databases store it. */
export type Flag = 0 | 1;
/** The size of a row's texts in octets, which the database computes. */
export type Computed = ColumnType<number, never, never>;
/** JSON text; its type is defined by the store that owns the column. */
export type Json = string;
