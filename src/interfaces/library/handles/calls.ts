import { z } from 'zod';
import type { Context } from '../../../domain/audit/actor.ts';
import { formatPath } from '../../../administration/organization-file/read/fault.ts';
import { AppError, unknownField, describeFaults } from '../../../foundation/platform/errors.ts';
import { keysOfPointer } from '../../../foundation/platform/json-pointer.ts';
import type { Ids } from '../../../foundation/platform/ids.ts';
import { VestibuleError, type WrongField } from '../error.ts';

/** The context of the library's commands. */
export function libraryCaller(ids: Ids): Omit<Context, 'at'> {
  const actor = { type: 'operator', name: 'library' } as const;
  return { actor, requestId: ids.uuid(), ip: '127.0.0.1', userAgent: 'vestibule' };
}

/** Runs a method of a handle. Its expected errors reach the caller as VestibuleErrors. */
export type Call = <T>(body: () => Promise<T>) => Promise<T>;

export function createCall(isStopped: () => boolean): Call {
  return async (body) => {
    if (isStopped()) throw new VestibuleError('Stopped', 'This server was stopped.');
    try {
      return await body();
    } catch (error) {
      if (error instanceof AppError) throw fromAppError(error);
      if (error instanceof z.ZodError) throw fromZodError(error);
      throw error;
    }
  };
}

function fromAppError(error: AppError): VestibuleError {
  const fields = error.fields.map(({ field, message }) => ({ field: fromPointer(field), message }));
  const message =
    error.code === 'ValidationException' && fields.length > 0
      ? describeFaults(fields, '\n')
      : error.publicMessage;
  return new VestibuleError(error.code, message, { cause: error, fields });
}

/**
 * Converts JSON Pointer to the path that programs write: `/serviceProvider/acsUrls/0` →
 * `serviceProvider.acsUrls[0]`.
 */
function fromPointer(field: string): string {
  if (!field.startsWith('/')) return field;
  return formatPath(keysOfPointer(field).map((key) => (/^\d+$/.test(key) ? Number(key) : key)));
}

function fromZodError(error: z.ZodError): VestibuleError {
  const fields = error.issues.flatMap((issue): WrongField[] => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code !== 'unrecognized_keys') return [{ field: formatPath(path), message: issue.message }];
    return issue.keys.map((key) => ({
      field: formatPath([...path, key]),
      message: unknownField(key),
    }));
  });
  return new VestibuleError('ValidationException', describeFaults(fields, '\n'), { cause: error, fields });
}
