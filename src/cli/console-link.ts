import { consoleLinkPath, makeConsoleLink } from '../domain/operators/console-link.ts';
import { systemClock } from '../foundation/platform/clock.ts';
import { randomIds } from '../foundation/platform/ids.ts';
import { readServerState } from '../foundation/storage/server-state.ts';
import { warn } from './announce.ts';
import { onDatabase } from './on-database.ts';

/**
 * `vestibule console-link`: makes a link that opens the console once. Only the link goes to standard output. Returns the
 * exit code.
 */
export async function printConsoleLink(flags: Record<string, unknown>): Promise<number> {
  return onDatabase(flags, { ifAbsent: 'refuse' }, async ({ config, db }) => {
    const lastUrl = await readServerState(db.read, 'public-url');
    const origin = config.publicUrl?.origin ?? lastUrl ?? `http://localhost:${config.port}`;
    const token = await db.transaction((tx) => makeConsoleLink(tx, randomIds, systemClock.now()));
    warn('The link opens the console once, within 15 minutes. Who has it is an operator of the server.');
    process.stdout.write(`${origin}${consoleLinkPath(token)}\n`);
    return 0;
  });
}
