import { pino, type Logger } from 'pino';

export type { Logger };

export interface LoggerOptions {
  level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Lines for a person to read, instead of JSON. */
  pretty: boolean;
  /** Receives each line instead of the standard output. */
  write?: ((line: string) => void) | undefined;
}

/**
 * The log of the server. Callers log only ids and codes; as a last defence, properties that can contain a secret are
 * removed from every line.
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
  // Synchronous, so that lines are complete and in order even after a crash. It is fast enough, since requests are
  // logged only at level debug.
  if (!options.pretty) return pino(settings, pino.destination({ dest: 1, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  return pino(
    settings,
    pretty({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', singleLine: true, sync: true }),
  );
}
