/** A variable in a pattern: `${domain}`. A user's attribute, `${user:email}`, is none. */
const VARIABLE = /\$\{([A-Za-z][A-Za-z0-9]*)\}/g;

/** The names of the variables that a pattern has. */
export function variablesOf(pattern: string): string[] {
  return [...pattern.matchAll(VARIABLE)].map(([, name = '']) => name);
}

/** The pattern with values for its variables. */
export function fillPattern(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(VARIABLE, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** Where a pattern of an address has its host, and what follows it; undefined when it is none of http or https. */
export function splitAddress(pattern: string): { readonly host: string; readonly rest: string } | undefined {
  const found = /^https?:\/\/([^/?#]+)(.*)$/.exec(pattern);
  return found ? { host: found[1] ?? '', rest: found[2] ?? '' } : undefined;
}
