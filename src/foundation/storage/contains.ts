import { sql, type Expression, type SqlBool } from 'kysely';

/**
 * The condition that a column contains a text anywhere. For columns that hold a `nameKey`: both are in lower case, so
 * that letters of any script are compared without their case, alike on both databases.
 */
export function contains(column: string, part: string): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} like ${patternOf(part)} escape '!'`;
}

/** The pattern of `like … escape '!'` that finds a text anywhere: what `like` gives a meaning to stands for itself. */
export const patternOf = (part: string): string => `%${part.replace(/[!%_]/g, (sign) => `!${sign}`)}%`;
