import { AppError } from '../platform/errors.ts';
import type { Ctx, Middleware } from './context.ts';

/** Renders a failure as a page. */
export type RenderErrorPage = (ctx: Ctx, error: AppError) => void;

/** Turns whatever is thrown into an answer: problem+json (RFC 9457) below /api, a page elsewhere. */
export function errorHandler({ renderPage }: { renderPage: RenderErrorPage }): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null) throw notHere(ctx);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.status >= 500) {
        ctx.state.log.error({ requestId: ctx.state.requestId, err: thrown }, 'request failed');
      }
      ctx.status = error.status;
      if (error.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(error.retryAfterSeconds));
      if (isForPrograms(ctx)) sendProblem(ctx, error);
      else renderPage(ctx, error);
    }
  };
}

function isForPrograms(ctx: Ctx): boolean {
  return /^\/(api\/|api$|healthz|readyz|metrics)/.test(ctx.path);
}

function notHere(ctx: Ctx): AppError {
  return new AppError('ResourceNotFoundException', `There is nothing at ${ctx.path}. Check the address.`);
}

/** What a database says when it can't be reached, or can't write now (PostgreSQL classes 08, 57P, 53; Node's sockets). */
const UNAVAILABLE = /^(08...|57P0.|53...|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT)$/;

function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (UNAVAILABLE.test(code) || (thrown instanceof Error && /Connection terminated/.test(thrown.message))) {
    return new AppError('ServiceUnavailable', 'The database does not answer. Try again in a moment.', {
      cause: thrown,
      retryAfterSeconds: 5,
    });
  }
  const status = thrown instanceof Error && 'status' in thrown ? thrown.status : undefined;
  if (status === 400)
    return new AppError('BadRequest', 'The request could not be understood.', { cause: thrown });
  return new AppError(
    'InternalError',
    'Something went wrong on our side. The log has the details under the request id.',
    {
      cause: thrown,
    },
  );
}

function sendProblem(ctx: Ctx, error: AppError): void {
  ctx.type = 'application/problem+json';
  if (error.status === 401) ctx.set('WWW-Authenticate', 'Bearer');
  ctx.body = JSON.stringify({
    type: 'about:blank',
    title: error.code,
    status: error.status,
    detail: error.publicMessage,
    requestId: ctx.state.requestId,
    ...(error.fields.length > 0 && {
      errors: error.fields.map(({ field, message }) => ({ pointer: field, detail: message })),
    }),
  });
}
