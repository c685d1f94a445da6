import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTS } from '../../../views/developers/parts.ts';
import { partHref } from '../../../views/developers/part.ts';
import { inConformance } from '../../support/basics/depth.ts';
import { Browserless } from '../../support/servers/browserless.ts';
import { builtServers } from '../../support/servers/built-server.ts';

const ROOT = join(import.meta.dirname, '../../..');
const paths = ['/developers', ...PARTS.map(({ id }) => partHref(id))];

describe('the pages for developers', function () {
  this.timeout(30_000);
  const { serve } = builtServers();

  it('are in no file of the build', () => {
    const names = readdirSync(join(ROOT, 'dist')).filter((name) => /\.(js|cjs|mjs)$/.test(name));
    assert.ok(names.includes('main.js'));
    const having = names.filter((name) =>
      readFileSync(join(ROOT, 'dist', name), 'utf8').includes('/developers'),
    );
    assert.deepEqual(having, []);
  });

  it(inConformance('are 404 of the built server'), async () => {
    const browser = await serve(['--memory', '--org', 'organization.yaml']).ready();
    for (const path of paths) assert.equal((await browser.get(path)).status, 404, path);
  });

  it(inConformance('are served by npm run dev, with every part'), async () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: { dev: string };
    };
    const [, entry = ''] = /tsx watch (\S+)$/.exec(scripts.dev) ?? [];
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', entry, '--memory', '--certs', join(ROOT, 'certs'), '--port', '0'],
      { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      let output = '';
      for await (const chunk of child.stdout) {
        output += String(chunk);
        if (/listening on port \d+/.test(output)) break;
      }
      const port = Number(/listening on port (\d+)/.exec(output)?.[1]);
      const browser = new Browserless(new URL(`http://localhost:${port}`), port);
      for (const { id, label } of PARTS) {
        const { status, body } = await browser.get(partHref(id));
        assert.equal(status, 200, id);
        assert.ok(body.includes(`<title>${label} (console parts)`), label);
      }
    } finally {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
  });
});
