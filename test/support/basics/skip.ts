/**
 * Skips a test (or, in a `before` hook, its suite) and says why: the reason is repeated under the table of `npm test`.
 * Never returns: mocha ends a skipped test by throwing.
 */
export function skipAloud(context: Mocha.Context, reason: string): never {
  process.stdout.write(`skipped: ${reason.replaceAll('\n', ' ')}\n`);
  return context.skip();
}
