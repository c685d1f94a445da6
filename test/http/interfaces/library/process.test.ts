import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../../..');

/** Runs in an environment full of other programs' settings; prints whether the process changed. */
const QUIET = `
import { startVestibule } from 'INDEX';
const state = () => JSON.stringify({
  umask: process.umask(), signals: process.eventNames().map(String).sort(), env: process.env, cwd: process.cwd(), exitCode: process.exitCode,
});
const before = state();
const servers = await Promise.all([startVestibule(), startVestibule()]);
if (servers[0].organization.portalUrl.includes('wrong')) process.stdout.write('the environment was read');
const during = state();
for (const each of servers) await each.stop();
process.stdout.write(before === during && before === state() ? 'as before' : before + during + state());
`;

describe('the library in a process', () => {
  it('prints nothing, reads no environment variables, leaves the process as it was, and lets it end', async function () {
    this.timeout(30_000);
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-quiet-'));
    try {
      writeFileSync(join(folder, 'quiet.mjs'), QUIET.replace('INDEX', join(ROOT, 'dist/index.js')));
      const env = {
        ...{ PATH: process.env['PATH'] ?? '', VESTIBULE_PORT: '1', VESTIBULE_PUBLIC_URL: 'http://wrong' },
        ...{
          VESTIBULE_LOG_LEVEL: 'trace',
          VESTIBULE_DATA: '/dev/null/data',
          DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x',
        },
        ...{ VESTIBULE_ORG: 'missing.yaml', VESTIBULE_API_TOKEN: 'x' },
      };
      const { stdout, stderr } = await run(process.execPath, ['quiet.mjs'], {
        cwd: folder,
        env,
        timeout: 20_000,
      });
      assert.deepEqual([stdout, stderr], ['as before', '']);
      assert.deepEqual(readdirSync(folder), ['quiet.mjs']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
