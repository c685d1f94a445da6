import { z } from 'zod';
import type { Visit } from '../../../flows/visit/visit.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import type { Ctx, Middleware } from '../../../foundation/http/context.ts';
import type { FormFile } from '../../../foundation/http/form-with-file.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { seeOther } from '../../../foundation/http/see-other.ts';
import { AppError, notFound } from '../../../foundation/platform/errors.ts';
import { consolePath, returnReference } from './console-path.ts';
import { openConsole, type ConsoleNeeds, type ConsoleVisit } from './console-visit.ts';

interface PageSchemas<Params, Query> {
  /** The parameters of the path but `instance`. */
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  /** Whether it shows nothing but a form that changes something: then read-only access is refused here already. */
  isForm?: true;
}

interface FormSchemas<Params, Form> {
  /** The parameters of the path but `instance`. */
  params?: z.ZodType<Params>;
  /** Its texts have no limits of their own, so that a rule can say what is wrong beside the field. */
  form: z.ZodType<Form>;
  /** The largest size of the form where the usual limit doesn't fit, such as `1mb`. */
  formLimit?: string;
  /** The file that the form may have. */
  file?: FormFile;
}

interface FormInput<Params, Form> {
  params: Params;
  form: Form;
  /** Undefined when none was chosen. */
  file: Buffer | undefined;
}

/** Every form of the console has the CSRF token. */
interface WithToken {
  csrf: string;
}

const tokenForm = z.object({ csrf: csrfField });
const address = z.object({ instance: z.string().max(64) });

/**
 * A page of the console, for operators and for users who have access to it. A browser without a session is led to sign
 * in and back; a user without access reads why (AccessDeniedException).
 */
export function consolePage<Params = undefined, Query = undefined>(
  needs: ConsoleNeeds,
  { isForm, ...schemas }: PageSchemas<Params, Query>,
  handle: (ctx: Ctx, console: ConsoleVisit, input: { params: Params; query: Query }) => Promise<void> | void,
): Middleware {
  return async (ctx, next) => {
    const visit = await open(needs, ctx);
    const opened = await openConsole(needs, ctx, visit);
    if (!opened) {
      ctx.redirect(await signInPath(needs, ctx, visit, returnReference(ctx)));
      return;
    }
    if (isForm && !opened.console.mayChange) throw readOnly();
    await withCheckedInput(schemas, (_, input) => handle(ctx, opened.console, input))(ctx, next);
  };
}

/**
 * A form of the console, which changes something. Somebody whose access is read-only is refused
 * (AccessDeniedException), as is a form that didn't come from our page.
 */
export function consoleForm<Params = undefined, Form extends WithToken = WithToken>(
  needs: ConsoleNeeds,
  schemas: FormSchemas<Params, Form>,
  handle: (ctx: Ctx, console: ConsoleVisit, input: FormInput<Params, Form>) => Promise<void> | void,
): Middleware {
  return async (ctx, next) => {
    const visit = await open(needs, ctx);
    const opened = await openConsole(needs, ctx, visit);
    if (!opened) {
      // What was typed is lost with the session. Without the query, which says what an earlier form has done.
      const { path } = ctx;
      seeOther(ctx, await signInPath(needs, ctx, visit, returnReference({ path, querystring: '' })));
      return;
    }
    const { console, formSecret } = opened;
    if (!console.mayChange) throw readOnly();
    // The token first: another site's form learns nothing about what the form accepts.
    const form = z
      .unknown()
      .transform((sent) => {
        needs.csrf.check(ctx, formSecret, tokenForm.safeParse(sent).data?.csrf ?? '');
        return sent;
      })
      .pipe(schemas.form);
    await withCheckedInput({ ...schemas, form }, (_, input) => handle(ctx, console, input))(ctx, next);
  };
}

const readOnly = () => new AppError('AccessDeniedException', 'Your access to this console is read-only.');

/** Goes on to a page of the console after a form; `path` follows the console's, such as `/users?done=deleted`. */
export function goTo(ctx: Ctx, { visit }: Pick<ConsoleVisit, 'visit'>, path: string): void {
  seeOther(ctx, `${consolePath(visit)}${path}`);
}

async function open(needs: ConsoleNeeds, ctx: Ctx): Promise<Visit> {
  const { success, data } = address.safeParse(ctx['params']);
  if (!success) throw notFound('An identity centre with this name');
  return needs.visits.open(ctx, data.instance);
}

function signInPath(needs: ConsoleNeeds, ctx: Ctx, visit: Visit, ref: string): Promise<string> {
  return needs.startSignIn(ctx, visit, { kind: 'console', ref });
}
