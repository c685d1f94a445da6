import assert from 'node:assert/strict';
import type { Ctx } from '../../../../src/foundation/http/context.ts';
import { requestId } from '../../../../src/foundation/http/request-id.ts';
import { randomIds } from '../../../../src/foundation/platform/ids.ts';
import { createLogger } from '../../../../src/foundation/platform/logger.ts';

/** The path in the log of a request. */
async function loggedPath(path: string): Promise<string> {
  const lines: string[] = [];
  const log = await createLogger({ level: 'debug', pretty: false, write: (line) => void lines.push(line) });
  const ctx = { path, state: {}, set: () => undefined, method: 'GET', status: 410, req: { socket: {} } };
  await requestId({ ids: randomIds, log })(ctx as unknown as Ctx, () => Promise.resolve()); // all that it reads
  return (JSON.parse(lines.at(-1) ?? '{}') as { path: string }).path;
}

describe('the log of a request', () => {
  it('hides tokens in paths, also with what was copied beside them (attack)', async () => {
    const token = randomIds.token();
    for (const [before, after] of [
      ['', ''],
      ['', '/next'],
      ['', '.'],
      ['', ')'],
      ['', '%20'],
      ['', 'x'],
      ['%E2%80%9C', '%E2%80%9D'],
    ] as const) {
      const path = await loggedPath(`/organizations/signin/${before}${token}${after}`);
      assert.match(path, /^\/organizations\/signin\/.*…/);
      assert.ok(!path.includes(token.slice(8, -8)), path);
    }
  });

  it('keeps the paths of what is no secret', async () => {
    const path = `/d-1234567890/signin/${randomIds.uuid()}/identify`;
    assert.equal(await loggedPath(path), path);
  });
});
