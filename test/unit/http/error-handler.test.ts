import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import Koa from 'koa';
import type { RequestState } from '../../../src/http/context.ts';
import { errorHandler } from '../../../src/http/error-handler.ts';
import { listen, type Listener } from '../../../src/http/listener.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { Browserless } from '../../support/browserless.ts';

describe('what a failure is answered with', () => {
  let listener: Listener;
  let failure: unknown;
  before(async () => {
    const log = await createLogger({ level: 'silent', pretty: false });
    const koa = new Koa<RequestState>();
    koa.use((ctx, next) => {
      Object.assign(ctx.state, { log, requestId: 'r-1' });
      return next();
    });
    koa.use(
      errorHandler({
        async renderPage(ctx, error) {
          await Promise.resolve();
          ctx.body = `page: ${error.publicMessage}`;
        },
      }),
    );
    koa.use(() => {
      throw failure;
    });
    listener = await listen(['127.0.0.1'], 0);
    listener.serve(koa.callback());
  });
  after(() => listener.close(0));

  const answerTo = (thrown: unknown, path = '/demo/start') => {
    failure = thrown;
    return new Browserless(new URL(`http://localhost:${listener.port}`)).get(path);
  };
  const withCode = (code: string) => Object.assign(new Error('secret detail'), { code });

  for (const code of ['40P01', '40001']) {
    it(`a transaction that PostgreSQL gave up (${code}) may be tried again`, async () => {
      const answer = await answerTo(withCode(code), '/api/v1/x');
      assert.equal(answer.status, 503);
      assert.equal(answer.headers.get('retry-after'), '1');
      assert.doesNotMatch(answer.body, /secret detail/);
    });
  }

  it('a SQLite file that another process holds may be tried again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-'));
    const [holder, other] = [1, 2].map(() => new DatabaseSync(join(folder, 'x.db')));
    holder?.exec('BEGIN IMMEDIATE');
    let thrown: unknown;
    try {
      other?.exec('PRAGMA busy_timeout = 0; BEGIN IMMEDIATE');
    } catch (error) {
      thrown = error;
    }
    assert.ok(thrown instanceof Error);
    const answer = await answerTo(thrown);
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get('retry-after'), '1');
    for (const database of [holder, other]) database?.close();
    rmSync(folder, { recursive: true });
  });

  it('a lost database is 503, anything else 500, and a page may take its time', async () => {
    assert.equal((await answerTo(withCode('ECONNREFUSED'))).status, 503);
    assert.equal((await answerTo(withCode('57P01'))).headers.get('retry-after'), '5');
    const unknown = await answerTo(withCode('22P02'));
    assert.equal(unknown.status, 500);
    assert.match(unknown.body, /^page: Something went wrong/);
    assert.doesNotMatch(unknown.body, /secret detail/);
  });
});
