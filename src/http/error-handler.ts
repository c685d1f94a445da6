import { AppError } from '../platform/errors.ts';
import type { Ctx, Middleware } from './context.ts';

/** Renders a failure as a page; a promise is waited for. */
export type RenderErrorPage = (ctx: Ctx, error: AppError) => unknown;

/** Turns whatever is thrown into an answer: problem+json (RFC 9457) below /api, a page elsewhere. */
export function errorHandler({ renderPage }: { renderPage: RenderErrorPage }): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null) throw notHere(ctx);
    } catch (thrown) {
      const error = toAppError(thrown);
      const { log, requestId } = ctx.state;
      // Not ready, or a database away: expected, asked for every second by supervisors, and no fault of a line of ours.
      if (error.code === 'ServiceUnavailable') log.warn({ requestId, cause: reasonOf(error) }, error.message);
      else if (error.status >= 500) log.error({ requestId, err: thrown }, 'request failed');
      ctx.status = error.status;
      if (error.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(error.retryAfterSeconds));
      if (isForPrograms(ctx)) sendProblem(ctx, error);
      else await renderPage(ctx, error);
    }
  };
}

function reasonOf({ cause }: AppError): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}

function isForPrograms(ctx: Ctx): boolean {
  return /^\/(api\/|api$|healthz|readyz|metrics)/.test(ctx.path);
}

function notHere(ctx: Ctx): AppError {
  return new AppError('ResourceNotFoundException', `There is nothing at ${ctx.path}. Check the address.`);
}

/** What a database says when it can't be reached, or can't write now (PostgreSQL classes 08, 57P, 53; Node's sockets). */
const UNAVAILABLE = /^(08...|57P0.|53...|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT)$/;

/** PostgreSQL gave one of two transactions up that wait for each other (40P01) or can't both be true (40001). */
const GIVEN_UP = /^(40P01|40001)$/;
/** sqlite.org/rescode.html: another process holds the lock, for longer than the busy timeout. */
const SQLITE_BUSY = 5;

/** Whether the same request may succeed when it is sent again: others were in its way. */
function isContention(error: Error): boolean {
  if ('code' in error && GIVEN_UP.test(String(error.code))) return true;
  // The lowest byte is the primary code; the others tell the kinds of being busy apart.
  return 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === SQLITE_BUSY;
}

function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof Error && isContention(thrown)) {
    return new AppError(
      'ServiceUnavailable',
      'The database is busy with other changes. Try again in a moment.',
      {
        cause: thrown,
        retryAfterSeconds: 1,
      },
    );
  }
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
