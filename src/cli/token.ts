import { replaceApiToken } from '../server/secrets.ts';
import { warn } from './announce.ts';
import { onDatabase } from './on-database.ts';

/**
 * `vestibule token`: replaces the API token. Only the token goes to standard output, so that a shell can take it:
 * `TOKEN=$(vestibule token)`. Returns the exit code.
 */
export async function replaceToken(flags: Record<string, unknown>): Promise<number> {
  return onDatabase(flags, { ifAbsent: 'refuse' }, async ({ db }) => {
    const { token, endedAnother } = await replaceApiToken(db);
    warn(
      endedAnother
        ? 'This is the new API token. The previous one has ended: running servers refuse it now.'
        : 'This is the API token. A running server accepts it from now on.',
    );
    warn('It is shown only here, because only its hash is kept.');
    warn('A server that was started with VESTIBULE_API_TOKEN accepts that token and no other.');
    process.stdout.write(`${token}\n`);
    return 0;
  });
}
