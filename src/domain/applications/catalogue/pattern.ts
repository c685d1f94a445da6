/** A variable of a pattern: `${domain}`. A user attribute, `${user:email}`, doesn't match. */
const VARIABLE = /\$\{([A-Za-z][A-Za-z0-9]*)\}/g;

/** The names of a pattern's variables. */
export function variablesOf(pattern: string): string[] {
  return [...pattern.matchAll(VARIABLE)].map(([, name = '']) => name);
}

/** Replaces a pattern's variables with values; those without a value stay. */
export function fillPattern(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(VARIABLE, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/**
 * Splits the pattern of an address into its host and what follows; undefined unless it begins with http:// or
 * https://.
 */
export function splitAddress(pattern: string): { readonly host: string; readonly rest: string } | undefined {
  const found = /^https?:\/\/([^/?#]+)(.*)$/.exec(pattern);
  return found ? { host: found[1] ?? '', rest: found[2] ?? '' } : undefined;
}
