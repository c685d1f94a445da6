import type Router from '@koa/router';
import type Koa from 'koa';
import type { Logger } from '../platform/logger.ts';

/** What every request has. */
export interface RequestState extends Koa.DefaultState {
  requestId: string;
  /** Of this response's Content-Security-Policy. */
  nonce: string;
  log: Logger;
}

/** A request and its response, as routes and steps see them. */
export type Ctx = Koa.ParameterizedContext<RequestState>;

export type Middleware = Koa.Middleware<RequestState>;

/** The routes of one feature, mounted by app.ts. */
export type Mount = (router: Router<RequestState>) => void;
