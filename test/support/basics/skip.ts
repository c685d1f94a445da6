/**
 * Skips a test (or, in a `before` hook, its suite). `npm test` repeats the reason below its summary. Never returns,
 * because mocha skips a test by throwing.
 */
export function skipAloud(context: Mocha.Context, reason: string): never {
  process.stdout.write(`skipped: ${reason.replaceAll('\n', ' ')}\n`);
  return context.skip();
}
