import type { Middleware } from './context.ts';

/** Lets requests in, or holds them back. */
export interface Gate {
  middleware: Middleware;
  isOpen(): boolean;
  open(): void;
  /** Has this done once, after the first request that isn't about health was answered. */
  onFirstVisit(action: () => void): void;
  /** Only makes `/readyz` say no: what comes in still is answered. */
  close(): void;
}

/** Holds requests back until the organization file is applied, so that nobody sees half of it. */
export function createGate(): Gate {
  let isOpen = false;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  let firstVisit: (() => void) | undefined;
  const middleware: Middleware = async (ctx, next) => {
    if (/^\/(healthz|readyz|metrics)$/.test(ctx.path)) {
      await next();
      return;
    }
    await opened;
    await next();
    // The answer goes out first.
    if (firstVisit) setImmediate(firstVisit);
    firstVisit = undefined;
  };
  return {
    middleware,
    isOpen: () => isOpen,
    open() {
      isOpen = true;
      open();
    },
    onFirstVisit(action) {
      firstVisit = action;
    },
    close() {
      isOpen = false;
    },
  };
}
