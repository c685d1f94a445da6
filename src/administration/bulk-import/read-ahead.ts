/**
 * Yields each item with the result of `make`, in order, and starts on the next item while the caller uses the current
 * one. When the caller stops early, the generator still waits until the started `make` has ended.
 */
export async function* readAhead<Item, Made>(
  items: Iterable<Item>,
  make: (item: Item) => Promise<Made>,
): AsyncGenerator<readonly [Item, Made]> {
  let next: { readonly item: Item; readonly made: Promise<Made> } | undefined;
  try {
    for (const item of items) {
      const ready = next;
      next = { item, made: make(item) };
      next.made.catch(() => {
        // The rejection is thrown later, when this item is yielded.
      });
      if (ready) yield [ready.item, await ready.made];
    }
    if (next) yield [next.item, await next.made];
  } finally {
    await next?.made.catch(() => undefined);
  }
}
