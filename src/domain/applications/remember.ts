/**
 * `make`, not run again for the last `limit` texts: what every response needs (settings, templates) is parsed once. The
 * values are shared, so they must never be changed.
 */
export function rememberByText<Value>(limit: number, make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = make(text);
      // The oldest goes; one that is still in use comes back at its next use.
      if (known.size >= limit) known.delete(known.keys().next().value ?? '');
      known.set(text, value);
    }
    return value;
  };
}
