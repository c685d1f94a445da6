import type { Registry } from 'prom-client';
import type { Middleware } from './context.ts';

/** Counts requests and makes the text of `/metrics`; prom-client is loaded with the first call of `text`. */
export interface Metrics {
  middleware: Middleware;
  /** Prometheus' text format 0.0.4. */
  text(): Promise<string>;
}

const BUCKETS_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

interface Series {
  method: string;
  status: string;
  count: number;
  seconds: number;
  buckets: number[];
}

export function createMetrics(): Metrics {
  const known = new Map<string, Series>();
  let measured: Promise<Registry> | undefined;
  return {
    async middleware(ctx, next) {
      const startedAt = performance.now();
      await next();
      const seconds = (performance.now() - startedAt) / 1000;
      // Unknown methods share one name, so that a client can't create any number of series.
      const method = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(ctx.method)
        ? ctx.method
        : 'OTHER';
      const status = String(ctx.status);
      const key = `${method} ${status}`;
      let series = known.get(key);
      if (!series)
        known.set(
          key,
          (series = { method, status, count: 0, seconds: 0, buckets: BUCKETS_SECONDS.map(() => 0) }),
        );
      series.count += 1;
      series.seconds += seconds;
      const bucket = BUCKETS_SECONDS.findIndex((limit) => seconds <= limit);
      if (bucket >= 0) series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1;
    },
    async text() {
      // Only once: each collection observes garbage collection and the event loop until the process ends.
      measured ??= measureProcess();
      const registry = await measured;
      return `${await registry.metrics()}${requestSeries([...known.values()])}`;
    },
  };
}

async function measureProcess(): Promise<Registry> {
  // A CommonJS package: its named imports depend on the bundler, but the default is always `module.exports`.
  const { default: prometheus } = await import('prom-client');
  const registry = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: registry });
  return registry;
}

function requestSeries(all: Series[]): string {
  const name = 'vestibule_http_request_duration_seconds';
  const lines = [`# HELP ${name} Time to answer a request.`, `# TYPE ${name} histogram`];
  for (const { method, status, count, seconds, buckets } of all) {
    const labels = `method="${method}",status="${status}"`;
    let below = 0;
    for (const [index, limit] of BUCKETS_SECONDS.entries()) {
      below += buckets[index] ?? 0;
      lines.push(`${name}_bucket{${labels},le="${limit}"} ${below}`);
    }
    lines.push(`${name}_bucket{${labels},le="+Inf"} ${count}`);
    lines.push(`${name}_sum{${labels}} ${seconds}`, `${name}_count{${labels}} ${count}`);
  }
  return `\n${lines.join('\n')}\n`;
}
