import type { Middleware } from '../../../foundation/http/context.ts';
import { validationError } from '../../../foundation/http/guard.ts';
import { AppError } from '../../../foundation/platform/errors.ts';

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
    // What says nothing but what is wrong with the one field says which, as a fault that the schema found.
    const [first, ...others] = fields;
    const isOfOne = error.code === 'ValidationException' && others.length === 0;
    const detail =
      first && isOfOne && first.message === error.publicMessage
        ? validationError([first]).publicMessage
        : error.publicMessage;
    throw new AppError(error.code, detail, { cause: error, fields, presentVersion });
  }
};

const toPointer = (field: string) => (field === '' || field.startsWith('/') ? field : `/${field}`);
