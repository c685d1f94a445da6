import assert from 'node:assert/strict';
import Router from '@koa/router';
import Koa from 'koa';
import { z } from 'zod';
import type { RequestState } from '../../../../src/foundation/http/context.ts';
import { checkedField } from '../../../../src/foundation/http/fields.ts';
import { errorHandler } from '../../../../src/foundation/http/error-handler.ts';
import { textOfFile } from '../../../../src/foundation/http/form-with-file.ts';
import { withCheckedInput } from '../../../../src/foundation/http/checked-input.ts';
import { listen, type Listener } from '../../../../src/foundation/http/listener.ts';
import { Browserless } from '../../../support/servers/browserless.ts';

describe('withCheckedInput', () => {
  let listener: Listener;
  let browser: Browserless;
  before(async () => {
    const koa = new Koa<RequestState>();
    const router = new Router<RequestState>();
    const name = z.string({ error: 'Give a name.' }).min(1, 'Give a name.');
    router.get(
      '/query',
      withCheckedInput({ query: z.object({ name }) }, (ctx, { query }) => void (ctx.body = query)),
    );
    router.post(
      '/form',
      withCheckedInput({ form: z.object({ name }) }, (ctx, { form }) => void (ctx.body = form)),
    );
    router.post(
      '/boxes',
      withCheckedInput(
        { form: z.object({ name, 'unit.of': z.string(), checked: checkedField }) },
        (ctx, { form }) => void (ctx.body = form),
      ),
    );
    router.post(
      '/api/json',
      withCheckedInput(
        { json: z.strictObject({ name, 'a/b': z.int().optional() }) },
        (ctx, { json }) => void (ctx.body = json),
      ),
    );
    router.post(
      '/file',
      withCheckedInput(
        { form: z.strictObject({ name }), file: { field: 'users', maxOctets: 10_000 } },
        (ctx, { form, file }) => void (ctx.body = { ...form, file: file && textOfFile(file, 'users') }),
      ),
    );
    koa.use(async (ctx, next) => {
      ctx.state.requestId = 'test';
      await next();
    });
    koa.use(errorHandler({ renderPage: (ctx, error) => (ctx.body = error.publicMessage) }));
    koa.use(router.routes());
    listener = await listen(['127.0.0.1'], 0);
    listener.serve(koa.callback());
    browser = new Browserless(new URL(`http://localhost:${listener.port}`));
  });
  after(() => listener.close(0));

  it('counts the fields of a form before it reads them (attack)', async () => {
    // The last field is no UTF-8: whoever reads the fields says so instead.
    const answer = await browser.post('/form', `name=a${'&0'.repeat(20_000)}&x=%ff`);
    assert.equal(answer.status, 400);
    assert.match(answer.body, /more than 10000 values/);
  });

  it('passes typed values on', async () => {
    assert.deepEqual(JSON.parse((await browser.get('/query?name=ana&other=1')).body), { name: 'ana' });
    assert.deepEqual(JSON.parse((await browser.post('/form', { name: 'ana' })).body), { name: 'ana' });
    assert.deepEqual(JSON.parse((await browser.send('POST', '/api/json', { json: { name: 'ana' } })).body), {
      name: 'ana',
    });
  });

  it('names a field of a form or query that is not UTF-8, also one that the route ignores (attack)', async () => {
    for (const [method, path, body] of [
      ['POST', '/form', 'name=ana&other=caf%E9'],
      ['GET', '/query?name=ana&other=caf%E9', undefined],
    ] as const) {
      const answer = await fetch(`http://localhost:${listener.port}${path}`, {
        method,
        ...(body && { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      });
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), /other is not percent-encoded UTF-8/);
    }
  });

  it('names every wrong field', async () => {
    const answer = await browser.send('POST', '/api/json', { json: { name: '', 'a/b': 'x', c: 1 } });
    assert.equal(answer.status, 400);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    const { errors } = z
      .object({ errors: z.array(z.object({ pointer: z.string() })) })
      .parse(JSON.parse(answer.body));
    assert.deepEqual(errors.map(({ pointer }) => pointer).sort(), ['/a~1b', '/c', '/name']);
  });

  it('names the first hundred wrong fields, and counts the others', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, 1]));
    const answer = await browser.send('POST', '/api/json', { json: { name: 'ana', ...many } });
    assert.equal(answer.status, 400);
    const { errors } = z
      .object({ errors: z.array(z.object({ pointer: z.string(), detail: z.string() })) })
      .parse(JSON.parse(answer.body));
    assert.equal(errors.length, 101);
    assert.deepEqual(errors.at(-1), { pointer: '', detail: '4900 more mistakes are not shown.' });
  });

  it('reads no body with more values than any route accepts, however small they are', async () => {
    const keys = Object.fromEntries(Array.from({ length: 150_000 }, (_, index) => [`k${index}`, 1]));
    for (const json of [keys, { name: Array.from({ length: 500_000 }, () => 1) }]) {
      const answer = await browser.send('POST', '/api/json', { json });
      assert.equal(answer.status, 400, answer.body.slice(0, 300));
      assert.match(answer.body, /more than 10000 values/);
    }
  });

  it('refuses a repeated parameter, and structures in place of texts', async () => {
    assert.equal((await browser.get('/query?name=ana&name=bo')).status, 400);
    assert.equal((await browser.get('/query?name=ana&__proto__=a&__proto__=b')).status, 400);
    for (const form of ['name=ana&name=bo', 'name[]=ana', 'name[x]=ana', 'name.x=ana', '__proto__=1', ''])
      assert.equal((await browser.post('/form', form)).status, 400, form);
  });

  it('passes on the values of check boxes, however many, and gives dots in names no meaning', async () => {
    for (const count of [0, 1, 2, 25, 1500]) {
      const checked = Array.from({ length: count }, (_, index) => `v${index}`);
      const sent = [['name', 'ana'], ['unit.of', 'a.b'], ...checked.map((value) => ['checked', value])];
      const answer = await browser.post('/boxes', new URLSearchParams(sent).toString());
      assert.deepEqual(JSON.parse(answer.body), { name: 'ana', 'unit.of': 'a.b', checked });
    }
  });

  it('refuses a body that is too large, of another type, or broken', async () => {
    assert.equal((await browser.post('/form', { name: 'a'.repeat(70_000) })).status, 413);
    assert.equal((await browser.post('/api/json', { name: 'ana' })).status, 415);
    const broken = { headers: { 'content-type': 'application/json' } };
    assert.equal((await browser.send('POST', '/api/json', { ...broken, form: '{"name":' })).status, 400);
    assert.equal((await browser.send('POST', '/api/json', { json: 'ana' })).status, 400);
  });

  describe('of a form with a file', () => {
    type Sent = Readonly<Record<string, string | Buffer | readonly string[]>>;
    const send = async (fields: Sent) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) {
        if (Buffer.isBuffer(value)) form.append(name, new Blob([new Uint8Array(value)]), 'users.csv');
        else for (const each of [value].flat()) form.append(name, each);
      }
      const answer = await fetch(`http://localhost:${listener.port}/file`, { method: 'POST', body: form });
      return [answer.status, await answer.text()] as const;
    };

    it('passes the fields and the file on', async () => {
      assert.deepEqual(await send({ name: 'Åsa', users: Buffer.from('\uFEFFa,b\r\n') }), [
        200,
        JSON.stringify({ name: 'Åsa', file: 'a,b\r\n' }),
      ]);
      const answer = await browser.post('/file', { name: 'ana' });
      assert.deepEqual(JSON.parse(answer.body), { name: 'ana' }, 'sent without a file, as any other form');
      assert.deepEqual(
        await send({ name: 'ana', users: Buffer.alloc(0) }),
        [200, '{"name":"ana"}'],
        'none chosen',
      );
    });

    for (const [title, status, message, fields] of [
      ['wrong fields', 400, /Give a name/, { name: '' }],
      ['fields that are not known', 400, /__proto__/, { name: 'ana', ['__proto__']: 'x' }],
      ['a field that is sent twice', 400, /name/, { name: ['ana', 'olga'] }],
      ['a file that is not UTF-8', 400, /UTF-8/, { name: 'ana', users: Buffer.from([0xe9]) }],
      ['a file with NUL (attack)', 400, /UTF-8/, { name: 'ana', users: Buffer.from('a\0b') }],
      ['NUL in a field (attack)', 400, /NUL/, { name: 'a\0na' }],
      ['a file in another field', 400, /name takes no file/, { name: Buffer.from('x') }],
      ['too large a file', 413, /more than 9 KiB/, { name: 'ana', users: Buffer.alloc(10_001, 'a') }],
    ] as const)
      it(`refuses ${title}`, async () => {
        const [answered, body] = await send(fields);
        assert.equal(answered, status, body);
        assert.match(body, message);
      });

    it('refuses a body of another shape (attack)', async () => {
      const type = (boundary: string) => ({ 'content-type': `multipart/form-data; boundary=${boundary}` });
      for (const [boundary, body] of [
        ['b', 'nothing'],
        ['b;x', '--b--'],
        ['b', ''],
      ] as const) {
        const answer = await browser.post('/file', body, { headers: type(boundary) });
        assert.equal(answer.status, 400, body);
      }
    });
  });
});
