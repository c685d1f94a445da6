/**
 * Caches the results of `make` for the last `limit` texts, so that what every response needs (settings,
 * templates) is parsed once. Results are shared and must not be changed.
 */
export function memoizeByText<Value>(limit: number, make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = make(text);
      // Drops the oldest entry. If it is still in use, it comes back at its next use.
      if (known.size >= limit) known.delete(known.keys().next().value ?? '');
      known.set(text, value);
    }
    return value;
  };
}
