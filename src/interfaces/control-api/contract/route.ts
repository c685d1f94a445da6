import type { z } from 'zod';
import { callerOf, type Caller } from '../../../foundation/http/caller.ts';
import type { Middleware } from '../../../foundation/http/context.ts';
import { withCheckedInput, type TextBody } from '../../../foundation/http/checked-input.ts';
import type { Logger } from '../../../foundation/platform/logger.ts';

interface Input<Params, Query, Json> {
  params: Params;
  query: Query;
  json: Json;
  /** The raw body, if the operation declares `text`. */
  text: string;
}

/** The description of an operation, except for its schemas. */
interface Description {
  /** The operation's name in generated clients: `listUsers`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with parameters as `:name`. */
  readonly path: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** An example body that works with the demo organization; a test sends it. */
  readonly example?: unknown;
  /** A body that isn't JSON. */
  readonly text?: TextBody | undefined;
  /** Additional media types of the body. */
  readonly accepts?: readonly string[] | undefined;
  /** The status of a success. */
  readonly status: 200 | 201 | 202 | 204;
  /** The media type of a success; default: JSON. */
  readonly produces?: string | undefined;
  /** Whether it can be called without the token. */
  readonly open?: boolean | undefined;
  /** Whether every success has the same body. It is made once, and all answers share its octets. */
  readonly constant?: boolean | undefined;
  /** Refusals that don't follow from the other fields: descriptions by status. */
  readonly refuses?: Readonly<Record<number, string>> | undefined;
}

/** The declaration of an operation: its requests are checked by it, and its description is generated from it. */
interface Declaration<Params, Query, Json, Output> extends Description {
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  json?: z.ZodType<Json>;
  /** The body of a success; none with 204. */
  returns?: z.ZodType<Output>;
  /** `log` is for work that goes on after the answer. */
  respond(caller: Caller, input: Input<Params, Query, Json>, log: Logger): Promise<NoInfer<Output>>;
}

/** A declared operation without its type parameters. */
export interface Route extends Description {
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly json?: z.ZodType | undefined;
  readonly returns?: z.ZodType | undefined;
  readonly handle: Middleware;
}

/** Declares an operation. The compiler checks that `respond` returns what `returns` describes. */
export function route<Params = undefined, Query = undefined, Json = undefined, Output = void>(
  declaration: Declaration<Params, Query, Json, Output>,
): Route {
  const { params, query, json, text, respond, ...rest } = declaration;
  const schemas = {
    ...(params && { params }),
    ...(query && { query }),
    ...(json && { json }),
    ...(text && { text }),
  };
  let kept: Buffer | undefined;
  const handle = withCheckedInput<Params, Query, undefined, Json>(schemas, async (ctx, input) => {
    const output = kept ?? (await respond(callerOf(ctx), input, ctx.state.log));
    if (rest.constant) kept ??= Buffer.from(JSON.stringify(output));
    ctx.body = rest.status === 204 ? null : (kept ?? output);
    if (rest.produces !== undefined) ctx.type = rest.produces;
    else if (kept) ctx.type = 'json';
    ctx.status = rest.status;
  });
  return { ...rest, params, query, json, text, handle };
}
