/**
 * Items with what `make` makes of each, in their order: the next one is under way while the caller is busy with the last.
 * When the caller stops early, what is under way is waited for, whatever becomes of it.
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
        // Told when its turn comes.
      });
      if (ready) yield [ready.item, await ready.made];
    }
    if (next) yield [next.item, await next.made];
  } finally {
    await next?.made.catch(() => undefined);
  }
}
