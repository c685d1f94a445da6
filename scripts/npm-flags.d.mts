/** The flags of `vestibule serve` that take a value, without `--`. */
export const valued: readonly string[];
/** Those that take none. */
export const switches: readonly string[];
/** The arguments that the user of `npm start` meant, or what to write instead. */
export function argumentsMeant(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { args: string[]; fault?: undefined } | { fault: string };
