/** A boolean, as both databases store it. */
export type Flag = 0 | 1;
/** JSON text; its type is defined by the store that owns the column. */
export type Json = string;
