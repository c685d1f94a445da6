import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const PAGE = join(import.meta.dirname, '../../../docs/server.md');

const dynamicConfiguration = z.strictObject({
  http: z.strictObject({
    routers: z.record(z.string(), z.strictObject({ rule: z.string(), service: z.string() })),
    services: z.record(
      z.string(),
      z.strictObject({
        loadBalancer: z.strictObject({ servers: z.array(z.strictObject({ url: z.url() })) }),
      }),
    ),
  }),
});

/** No package for Debian or npm has Traefik, so its lines can't be run as those of the other proxies are. */
describe('the lines for Traefik', () => {
  it('are YAML whose router leads to a service with our address', () => {
    const [, yaml = ''] = /So does Traefik.*?```yaml\n(.*?)```/s.exec(readFileSync(PAGE, 'utf8')) ?? [];
    const { http } = dynamicConfiguration.parse(parse(yaml));
    for (const { rule, service } of Object.values(http.routers)) {
      assert.match(rule, /^Host\(`[a-z.]+`\)$/);
      assert.deepEqual(http.services[service]?.loadBalancer.servers, [{ url: 'http://127.0.0.1:8080' }]);
    }
    assert.equal(Object.keys(http.routers).length, 1);
  });
});
