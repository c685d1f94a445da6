import type { Middleware } from './context.ts';

/** Lets requests in, or holds them back. */
export interface Gate {
  middleware: Middleware;
  isOpen(): boolean;
  open(): void;
  /** Only makes `/readyz` say no: what comes in still is answered. */
  close(): void;
}

/** Holds requests back until the organization file is applied, so that nobody sees half of it. */
export function createGate(): Gate {
  let isOpen = false;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const middleware: Middleware = async (ctx, next) => {
    if (!/^\/(healthz|readyz|metrics)$/.test(ctx.path)) await opened;
    await next();
  };
  return {
    middleware,
    isOpen: () => isOpen,
    open() {
      isOpen = true;
      open();
    },
    close() {
      isOpen = false;
    },
  };
}
