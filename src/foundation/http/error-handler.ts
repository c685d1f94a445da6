import { AppError } from '../platform/errors.ts';
import { excerpt } from '../platform/excerpt.ts';
import type { Ctx, Middleware } from './context.ts';

/** Renders a failure as a page. A promise that it returns is awaited. */
export type RenderErrorPage = (ctx: Ctx, error: AppError) => unknown;

/** Turns everything that is thrown into a response: problem+json (RFC 9457) below /api, a page elsewhere. */
export function errorHandler({ renderPage }: { renderPage: RenderErrorPage }): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null) throw noSuchPath(ctx);
    } catch (thrown) {
      const error = toAppError(thrown);
      const { log, requestId } = ctx.state;
      // Not ready, database unreachable, disk full: the log names the cause. A stack trace would say nothing, since our
      // code isn't at fault.
      if (isOutage(error)) log.warn({ requestId, cause: reasonOf(error) }, error.message);
      else if (error.status >= 500) log.error({ requestId, err: thrown }, 'request failed');
      ctx.status = error.status;
      if (error.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(error.retryAfterSeconds));
      if (isApiPath(ctx)) sendProblem(ctx, error);
      else await renderPage(ctx, error);
    }
  };
}

function isOutage({ code }: AppError): boolean {
  return code === 'ServiceUnavailable' || code === 'InsufficientStorage';
}

function reasonOf({ cause }: AppError): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}

function isApiPath(ctx: Ctx): boolean {
  return /^\/(api\/|api$|healthz|readyz|metrics)/.test(ctx.path);
}

function noSuchPath(ctx: Ctx): AppError {
  const where = ctx.path.startsWith('/api/') ? ' All operations are in /api/v1/openapi.json.' : '';
  const message = `There is nothing at ${excerpt(ctx.path)}. Check the address.${where}`;
  return new AppError('ResourceNotFoundException', message);
}

function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
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
    ...(error.presentVersion !== undefined && { presentVersion: error.presentVersion }),
    ...(error.fields.length > 0 && {
      errors: error.fields.map(({ field, message, line, column }) => ({
        pointer: field,
        detail: message,
        ...(line !== undefined && { line, column }),
      })),
    }),
  });
}
