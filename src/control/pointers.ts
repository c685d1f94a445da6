import type { Middleware } from '../http/context.ts';
import { AppError } from '../platform/errors.ts';

/**
 * Rules name the field that they refuse; programs are shown it by a JSON pointer (RFC 6901), as they are where the
 * schema refused it. What rules name stands at the top of what was sent.
 */
export const pointAtFields: Middleware = async (_ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof AppError) || error.fields.length === 0) throw error;
    const fields = error.fields.map((fault) => ({ ...fault, field: toPointer(fault.field) }));
    const { presentVersion } = error;
    throw new AppError(error.code, error.publicMessage, { cause: error, fields, presentVersion });
  }
};

const toPointer = (field: string) => (field === '' || field.startsWith('/') ? field : `/${field}`);
