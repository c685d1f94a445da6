import type { z } from 'zod';
import { callerOf, type Caller } from '../http/caller.ts';
import type { Middleware } from '../http/context.ts';
import { guard } from '../http/guard.ts';

interface Input<Params, Query, Json> {
  params: Params;
  query: Query;
  json: Json;
}

/** All that is known of one operation of the API: requests are checked by it, and a description can be made from it. */
interface Declaration<Params, Query, Json, Output> {
  method: Route['method'];
  /** Below `/api/v1`, with parameters as `:name`. */
  path: string;
  /** What it does, in one line for people. */
  summary: string;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  json?: z.ZodType<Json>;
  /** Of a success. */
  status: Route['status'];
  /** What a success carries; nothing with a 204. */
  returns?: z.ZodType<Output>;
  respond(caller: Caller, input: Input<Params, Query, Json>): Promise<NoInfer<Output>>;
}

/** A declared operation, its types forgotten. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly json: z.ZodType | undefined;
  readonly status: 200 | 201 | 204;
  readonly returns: z.ZodType | undefined;
  readonly handle: Middleware;
}

/** Declares an operation. What `respond` answers must be what `returns` says: the compiler compares them. */
export function route<Params = undefined, Query = undefined, Json = undefined, Output = void>(
  declaration: Declaration<Params, Query, Json, Output>,
): Route {
  const { method, path, summary, params, query, json, status, returns, respond } = declaration;
  const schemas = { ...(params && { params }), ...(query && { query }), ...(json && { json }) };
  const handle = guard<Params, Query, undefined, Json>(schemas, async (ctx, input) => {
    const output = await respond(callerOf(ctx), input);
    ctx.body = status === 204 ? null : output;
    ctx.status = status;
  });
  return { method, path, summary, params, query, json, status, returns, handle };
}
