import type { z } from 'zod';
import { callerOf, type Caller } from '../../../foundation/http/caller.ts';
import type { Middleware } from '../../../foundation/http/context.ts';
import { guard, type TextBody } from '../../../foundation/http/guard.ts';

interface Input<Params, Query, Json> {
  params: Params;
  query: Query;
  json: Json;
  /** The body as it is, where `text` asks for it. */
  text: string;
}

/** What is said of an operation, besides its schemas. */
interface Description {
  /** The operation's name in programs that are generated from the description: `listUsers`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with parameters as `:name`. */
  readonly path: string;
  /** What it does, in one line for people. */
  readonly summary: string;
  /** A body that works with the demo organization; a test sends it. */
  readonly example?: unknown;
  /** A body that is no JSON. */
  readonly text?: TextBody | undefined;
  /** Further media types of the body. */
  readonly accepts?: readonly string[] | undefined;
  /** Of a success. */
  readonly status: 200 | 201 | 202 | 204;
  /** The media type of what a success carries; JSON when absent. */
  readonly produces?: string | undefined;
  /** Answered without the token, too. */
  readonly open?: boolean | undefined;
  /** Refusals that don't follow from the rest: by status, what is wrong. */
  readonly refuses?: Readonly<Record<number, string>> | undefined;
}

/** All that is known of one operation of the API: requests are checked by it, and its description is made from it. */
interface Declaration<Params, Query, Json, Output> extends Description {
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  json?: z.ZodType<Json>;
  /** What a success carries; nothing with a 204. */
  returns?: z.ZodType<Output>;
  respond(caller: Caller, input: Input<Params, Query, Json>): Promise<NoInfer<Output>>;
}

/** A declared operation, its types forgotten. */
export interface Route extends Description {
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly json?: z.ZodType | undefined;
  readonly returns?: z.ZodType | undefined;
  readonly handle: Middleware;
}

/** Declares an operation. What `respond` answers must be what `returns` says: the compiler compares them. */
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
  const handle = guard<Params, Query, undefined, Json>(schemas, async (ctx, input) => {
    const output = await respond(callerOf(ctx), input);
    ctx.body = rest.status === 204 ? null : output;
    if (rest.produces !== undefined) ctx.type = rest.produces;
    ctx.status = rest.status;
  });
  return { ...rest, params, query, json, text, handle };
}
