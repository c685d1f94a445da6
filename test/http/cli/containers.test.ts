import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { FLAGS } from '../../../src/config.ts';
import { inConformance } from '../../support/basics/depth.ts';
import { builtServers } from '../../support/servers/built-server.ts';

const run = promisify(execFile);
const FOLDER = join(import.meta.dirname, '../../../examples/containers');
const service = z.object({
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const { services } = z
  .object({ services: z.object({ vestibule: service, app: service }) })
  .parse(parse(readFileSync(join(FOLDER, 'compose.yaml'), 'utf8')));
const { vestibule, app } = services;

/** The value of a flag in the command of the container. */
const valueOf = (flag: string) => vestibule.command[vestibule.command.indexOf(flag) + 1] ?? '';

describe('the example for containers', () => {
  const servers = builtServers();

  it('starts Vestibule with flags that exist', () => {
    const [subcommand, ...rest] = vestibule.command;
    const known = FLAGS.map(({ flag }) => flag.split(' ')[0]);
    assert.equal(subcommand, 'serve');
    for (const each of rest.filter((word) => word.startsWith('--'))) assert.ok(known.includes(each), each);
    for (const name of Object.keys(vestibule.environment)) assert.match(name, /^VESTIBULE_API_TOKEN$/);
  });

  it(
    inConformance('is healthy by its own check, and gives its metadata to a container that knows it by name'),
    async function () {
      this.timeout(30_000);
      const server = servers.serve(
        [
          '--data',
          'data',
          '--public-url',
          valueOf('--public-url'),
          '--org',
          join(FOLDER, 'organization.yaml'),
        ],
        vestibule.environment,
      );
      const browser = await server.ready();
      const port = await server.port();
      const [kind, program = '', ...script] = vestibule.healthcheck?.test ?? [];
      assert.deepEqual([kind, program], ['CMD', 'node']);
      await run(
        process.execPath,
        script.map((each) => each.replace(':8080/', `:${port}/`)),
      );
      const address = new URL(app.command.at(-1) ?? '');
      const { status, body } = await browser.get(address.pathname, { headers: { host: address.host } });
      assert.equal(status, 200);
      assert.ok(body.includes(`Location="${valueOf('--public-url')}/`));
    },
  );
});
