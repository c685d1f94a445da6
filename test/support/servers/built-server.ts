import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browserless } from './browserless.ts';
import { EXAMPLE } from './server.ts';

const main = join(import.meta.dirname, '../../../dist/vestibule.cjs');

/** The built command as a separate process. */
export class BuiltServer {
  readonly child: ChildProcess;
  output = '';

  /**
   * `node` is the program that runs it, by default the one that runs the tests. With a `preload`, a module that it loads
   * first, the two processes can send each other messages.
   */
  constructor(
    folder: string,
    flags: string[],
    env: Record<string, string> = {},
    { node = process.execPath, preload }: { node?: string; preload?: string } = {},
  ) {
    const imports = preload === undefined ? [] : ['--import', preload];
    this.child = spawn(node, [...imports, main, 'serve', '--port', '0', ...flags], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe', ...(preload === undefined ? [] : (['ipc'] as const))],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  /** Waits for output that matches. Throws when the process ends before. */
  async says(pattern: RegExp): Promise<string[]> {
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (this.child.exitCode !== null) throw new Error(`It ended: ${this.output}`);
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), once(this.child, 'close')]);
    }
  }

  async port(): Promise<number> {
    return Number((await this.says(/listening on port (\d+)/))[1]);
  }

  /** Waits until the server is ready, and returns a browser for it. */
  async ready(): Promise<Browserless> {
    const [, publicUrl = ''] = await this.says(/Vestibule is ready: (\S+)/);
    return new Browserless(new URL(publicUrl), await this.port());
  }

  /** The exit code, once all output has arrived. */
  async exit(signal?: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    const ended = child.stdout?.closed ? undefined : once(child, 'close');
    if (signal) child.kill(signal);
    await ended;
    return child.exitCode;
  }

  /** The log entries, without the output for people. */
  log(): Record<string, unknown>[] {
    return this.output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

/**
 * Built servers for one suite: each test has a folder with `organization.yaml` (EXAMPLE), and its servers end with it.
 */
export function builtServers() {
  let folder: string;
  const running: BuiltServer[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-'));
    writeFileSync(join(folder, 'organization.yaml'), EXAMPLE);
  });
  afterEach(async () => {
    for (const { child } of running.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder: () => folder,
    serve(flags: string[], env?: Record<string, string>, node?: string): BuiltServer {
      const builtServer = new BuiltServer(folder, flags, env, node === undefined ? {} : { node });
      running.push(builtServer);
      return builtServer;
    },
  };
}
