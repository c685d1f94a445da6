import { VestibuleError } from './error.ts';
import { failureOf } from './failure.ts';

/**
 * Makes every method of a handle, and of the handles in it, reject with a VestibuleError whatever goes wrong:
 * wrong input, a refusal, a stopped server, a database that doesn't answer. All methods must return promises.
 */
export type Guard = <T extends object>(handle: T) => T;

type Method = (...given: unknown[]) => unknown;

export function createGuard(isStopped: () => boolean): Guard {
  const guardMethod = (method: Method): Method =>
    async function guarded(...given) {
      const failed = failureOf(guarded);
      try {
        if (isStopped()) throw new VestibuleError('Stopped', 'This server was stopped.');
        return await method(...given);
      } catch (error) {
        throw failed(error);
      }
    };
  const guardEach = (handle: object): object =>
    Object.fromEntries(
      Object.entries(handle).map(([name, value]: [string, unknown]) => {
        if (isMethod(value)) return [name, guardMethod(value)];
        return [name, isHandle(value) ? guardEach(value) : value];
      }),
    );
  return <T extends object>(handle: T) => guardEach(handle) as T; // has the same names, with functions of the same types
}

const isMethod = (value: unknown): value is Method => typeof value === 'function';

/** Whether an object has methods. Other objects are data. */
const isHandle = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.values(value).some(isMethod);
