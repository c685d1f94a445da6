import { sql, type Expression, type SqlBool } from 'kysely';

/**
 * The condition that a column contains a text anywhere. For columns that hold a `nameKey`: both are in lower case, so
 * that letters of any script are compared without their case, alike on both databases.
 */
export function contains(column: string, part: string): Expression<SqlBool> {
  // What `like` gives a meaning to stands for itself.
  const pattern = `%${part.replace(/[!%_]/g, (sign) => `!${sign}`)}%`;
  return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '!'`;
}
