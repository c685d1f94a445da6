import type { Middleware } from '../../../foundation/http/context.ts';
import { AppError, invalidFields } from '../../../foundation/platform/errors.ts';

/**
 * Turns the field names of the domain's errors, which are names of top-level fields, into JSON pointers (RFC
 * 6901). So all errors point at fields in the same way, whether the schema or a rule found them.
 */
export const pointAtFields: Middleware = async (_ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof AppError) || error.fields.length === 0) throw error;
    const fields = error.fields.map((fault) => ({ ...fault, field: toPointer(fault.field) }));
    const { presentVersion } = error;
    // If the error is only about one field, its detail names the field, as for faults that the schema found.
    const [first, ...others] = fields;
    const isOfOne = error.code === 'ValidationException' && others.length === 0;
    const detail =
      first && isOfOne && first.message === error.publicMessage
        ? invalidFields([first]).publicMessage
        : error.publicMessage;
    throw new AppError(error.code, detail, { cause: error, fields, presentVersion });
  }
};

const toPointer = (field: string) => (field === '' || field.startsWith('/') ? field : `/${field}`);
