import assert from 'node:assert/strict';
import Koa from 'koa';
import type { RequestState } from '../../../../src/foundation/http/context.ts';
import { errorHandler } from '../../../../src/foundation/http/error-handler.ts';
import { listen, type Listener } from '../../../../src/foundation/http/listener.ts';
import { createLogger } from '../../../../src/foundation/platform/logger.ts';
import { toStorageError } from '../../../../src/foundation/storage/storage-error.ts';
import { Browserless } from '../../../support/servers/browserless.ts';

describe('the answer to a failure', () => {
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

  it('allows another attempt when a transaction conflicted with others', async () => {
    const answer = await answerTo(toStorageError(withCode('40P01')), '/api/v1/x');
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get('retry-after'), '1');
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.doesNotMatch(answer.body, /secret detail/);
  });

  it('is 507 for a full disk, and says who can help', async () => {
    const answer = await answerTo(toStorageError(withCode('53100')));
    assert.equal(answer.status, 507);
    assert.match(answer.body, /^page: The disk of the database is full\. Nothing was changed/);
  });

  it('is 503 with a time to retry for a lost database, and 500 for anything else', async () => {
    assert.equal((await answerTo(toStorageError(withCode('ECONNREFUSED')))).status, 503);
    assert.equal((await answerTo(toStorageError(withCode('57P01')))).headers.get('retry-after'), '5');
    // A socket error that isn't the database's says nothing about the database.
    assert.equal((await answerTo(withCode('ECONNRESET'))).status, 500);
    const unknown = await answerTo(toStorageError(withCode('22P02')));
    assert.equal(unknown.status, 500);
    assert.match(unknown.body, /^page: Something went wrong/);
    assert.doesNotMatch(unknown.body, /secret detail/);
  });
});
