import { pino, type Logger } from 'pino';

export type { Logger };

export interface LoggerOptions {
  level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Readable lines for a person instead of JSON for a program. */
  pretty: boolean;
  /** Gets each line instead of the standard output. */
  write?: ((line: string) => void) | undefined;
}

/**
 * The log of the server. Paths that can hold a secret are cut out whatever is logged, as a last net: callers
 * already log ids and codes only.
 */
export async function createLogger(options: LoggerOptions): Promise<Logger> {
  const settings = {
    level: options.level,
    base: null,
    redact: {
      paths: [
        'password',
        '*.password',
        'cookie',
        '*.cookie',
        'authorization',
        '*.authorization',
        '*.headers',
      ],
      remove: true,
    },
  };
  if (options.write) return pino(settings, { write: options.write });
  // Written at once: a line is there before what happened after it, and before a crash. Requests are logged at debug only.
  if (!options.pretty) return pino(settings, pino.destination({ dest: 1, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  return pino(
    settings,
    pretty({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', singleLine: true, sync: true }),
  );
}
