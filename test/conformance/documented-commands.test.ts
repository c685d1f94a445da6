import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inConformance } from '../support/basics/depth.ts';
import { skipAloud } from '../support/basics/skip.ts';
import { shellBlocks, type ShellBlock } from '../support/docs/shell-blocks.ts';
import { BuiltServer } from '../support/servers/built-server.ts';
import { EXAMPLE } from '../support/servers/server.ts';

const ROOT = join(import.meta.dirname, '../..');
const TOKEN = 'a-token-of-the-tests';
const runnable = shellBlocks().filter(({ notRun }) => notRun === undefined);
const pages = [...new Set(runnable.map(({ page }) => page))];

for (const shell of ['bash', 'zsh']) {
  describe(inConformance(`the commands of the documentation, in ${shell}`), function () {
    this.timeout(60_000);
    before(function () {
      if (spawnSync(shell, ['-c', 'true']).status !== 0) skipAloud(this, `${shell} is not installed`);
    });

    for (const page of pages) {
      it(`${page}: run as they stand`, async () => {
        const folder = mkdtempSync(join(tmpdir(), 'vestibule-'));
        const server = new BuiltServer(folder, ['--org', 'organization.yaml'], {
          VESTIBULE_API_TOKEN: TOKEN,
        });
        try {
          prepare(folder);
          await server.ready();
          const script = scriptOf(
            runnable.filter((block) => block.page === page),
            await server.port(),
          );
          const { code, output } = await run(shell, script, folder);
          assert.equal(code, 0, output);
          assert.doesNotMatch(output, /"type":"about:blank"|command not found|no matches found/);
        } finally {
          await server.exit('SIGKILL');
          rmSync(folder, { recursive: true, force: true });
        }
      });
    }
  });
}

/** The folder of somebody who follows a page: an organization file, the examples, and the installed command. */
function prepare(folder: string): void {
  writeFileSync(join(folder, 'organization.yaml'), EXAMPLE);
  cpSync(join(ROOT, 'examples'), join(folder, 'examples'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  const command = `exec '${process.execPath}' '${join(ROOT, 'dist/main.js')}' "$@"\n`;
  for (const [name, script] of [
    ['vestibule', `#!/bin/sh\n${command}`],
    // Nothing is downloaded: a block that does has a mark.
    ['npm', '#!/bin/sh\nexit 9\n'],
    ['npx', `#!/bin/sh\n[ "$1" = vestibule ] || exit 9\nshift\n${command}`],
  ] as const) {
    writeFileSync(join(folder, 'bin', name), script);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
}

/** The commands of a page in their order, for this server, and with the ids of records in it. */
function scriptOf(blocks: readonly ShellBlock[], port: number): string {
  const text = blocks.map(({ commands }) => commands).join('\n');
  const ours = text
    .replaceAll('http://localhost:8080', `http://localhost:${port}`)
    .replaceAll('the-printed-token', TOKEN)
    // A server that takes VESTIBULE_API_TOKEN keeps to it.
    .replaceAll('TOKEN=$(vestibule token)', 'OTHER=$(vestibule token)');
  const setup = [
    'set -e',
    `API=http://localhost:${port}/api/v1 TOKEN=${TOKEN}`,
    `USER_ID=$(curl -s -H "Authorization: Bearer $TOKEN" "$API/organizations/default/users?limit=1" | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')`,
  ];
  return [...setup, ours].join('\n');
}

/** Gives the script to a shell without the user's settings. What only differs at a prompt is in test/unit/docs. */
async function run(shell: string, script: string, folder: string): Promise<{ code: number; output: string }> {
  const port = /localhost:(\d+)/.exec(script)?.[1] ?? '';
  const words = shell === 'zsh' ? ['-f', '-s'] : ['--norc', '-s'];
  const child = spawn(shell, words, {
    cwd: folder,
    env: {
      ...{ PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: folder },
      ...{ VESTIBULE_API_TOKEN: TOKEN, VESTIBULE_PORT: port },
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(script);
  await once(child, 'close');
  return { code: child.exitCode ?? -1, output };
}
