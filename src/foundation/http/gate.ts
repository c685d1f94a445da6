import type { Middleware } from './context.ts';

/** Makes requests wait until the server is ready for them. */
export interface Gate {
  middleware: Middleware;
  isOpen(): boolean;
  open(): void;
  /** Runs `action` once, after the first response to a request that isn't for health or metrics. */
  onFirstVisit(action: () => void): void;
  /** Makes `isOpen` false, and with it `/readyz` fail; requests are still answered. */
  close(): void;
}

/** Holds requests back until the organization file is applied, so that no page shows half of it. */
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
    // The response is sent first.
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
