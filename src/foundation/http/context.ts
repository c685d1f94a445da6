import type Router from '@koa/router';
import type Koa from 'koa';
import type { Logger } from '../platform/logger.ts';

/** The state that middleware sets on every request. */
export interface RequestState extends Koa.DefaultState {
  requestId: string;
  /** The client's address. */
  ip: string;
  /** The nonce of this response's Content-Security-Policy. */
  nonce: string;
  log: Logger;
}

/** A request and its response, as routes and sign-in steps receive them. */
export type Ctx = Koa.ParameterizedContext<RequestState>;

export type Middleware = Koa.Middleware<RequestState>;

/** Adds the routes of one feature to a router; app.ts calls it. */
export type Mount = (router: Router<RequestState>) => void;
