import { ErrorPage, type ErrorLink } from '../../../views/errors/error-page.tsx';
import type { Ctx } from '../../foundation/http/context.ts';
import type { RenderErrorPage } from '../../foundation/http/error-handler.ts';
import type { AppError } from '../../foundation/platform/errors.ts';
import { displayNameOf } from '../../domain/organizations/organization.ts';
import type { ShowPage } from './pages.ts';
import type { Visit, Visits } from './visit.ts';

const TITLES: Partial<Record<AppError['code'], string>> = {
  AccessDeniedException: 'Not allowed',
  BadRequest: 'This request can’t be answered',
  ConflictException: 'This can’t be done now',
  Gone: 'No longer valid',
  InsufficientStorage: 'Out of disk space',
  InternalError: 'Something went wrong',
  MethodNotAllowed: 'Not supported',
  PayloadTooLarge: 'Too large',
  ResourceNotFoundException: 'Not found',
  ServiceUnavailable: 'Not available now',
  ThrottlingException: 'Too many attempts',
  UriTooLong: 'Too large',
  ValidationException: 'Wrong input',
};

/** First path segments that don't name an instance. */
const OURS: ReadonlySet<string> = new Set(['api', 'assets', 'samples']);

/** Shows a failure as a page of the instance that the user visits. */
export function renderErrorPage(show: ShowPage, visits: Visits): RenderErrorPage {
  return async (ctx, { code, status, publicMessage, fields }) => {
    // During a database outage, the page isn't worth another query.
    const isOutage = code === 'ServiceUnavailable' || code === 'InsufficientStorage';
    const visit = isOutage ? visits.opened(ctx) : await visitOf(visits, ctx);
    // Without the JSON pointers to fields, which are for programs.
    const message = fields.length > 0 ? fields.map((fault) => fault.message).join(' ') : publicMessage;
    show(ctx, visit, (page) => (
      <ErrorPage
        page={page}
        status={status}
        title={TITLES[code] ?? 'This request can’t be answered'}
        message={message}
        requestId={ctx.state.requestId}
        links={[toPortal(visit)]}
      />
    ));
  };
}

function toPortal(visit: Visit | undefined): ErrorLink {
  if (!visit) return { label: 'Go to the portal', href: '/' };
  return {
    label: `Go to the portal of ${displayNameOf(visit.instance)}`,
    href: `/${visit.reference}/start`,
  };
}

/**
 * The visit of a failed request. If the request failed before its visit was opened, the instance is looked up
 * by the path.
 */
async function visitOf(visits: Visits, ctx: Ctx): Promise<Visit | undefined> {
  const opened = visits.opened(ctx);
  if (opened) return opened;
  const { instance, directory = instance } = (ctx['params'] ?? {}) as Record<string, string | undefined>; // the router's
  // No route matches the path or the method, but the path may still begin with an instance's name.
  const [, first] = /^\/([\w-]{1,64})\//.exec(ctx.path) ?? [];
  const reference = directory ?? (OURS.has(first ?? '') ? undefined : first);
  if (reference === undefined) return undefined;
  // A second failure doesn't matter: the page shows the first.
  return visits.open(ctx, reference).catch(() => undefined);
}
