import type { Config } from '../config.ts';

/** A problem that the user who starts the server can solve. Its message is shown without a stack. */
export class StartError extends Error {}

/**
 * What to print when a command fails. The stack of an error that we didn't foresee helps its user less than a
 * sentence, so it is added only with the log levels `debug` and `trace`.
 */
export function describeFailure(error: unknown, { logLevel }: Pick<Config, 'logLevel'>): string {
  if (error instanceof StartError) return error.message;
  const said = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && /^(debug|trace)$/.test(logLevel) ? `\n${error.stack}` : '';
  return `Vestibule failed: ${said}. VESTIBULE_LOG_LEVEL=debug shows where.${stack}`;
}
