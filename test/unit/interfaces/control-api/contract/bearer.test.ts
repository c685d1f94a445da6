import assert from 'node:assert/strict';
import { request } from 'node:http';
import { assertProblem, startControl, TOKEN, type ControlServer } from '../control-server.ts';

describe('the token of the control API', () => {
  let server: ControlServer;
  before(async () => {
    server = await startControl();
  });
  after(() => server.close());

  it('is accepted however its scheme is spelt', async () => {
    for (const authorization of [`Bearer ${TOKEN}`, `bearer ${TOKEN}`, `BEARER   ${TOKEN} `]) {
      const { status } = await server.get('/organizations', undefined, { authorization });
      assert.equal(status, 200, authorization);
    }
  });

  it('is required to be complete and correct', async () => {
    for (const authorization of [
      '',
      TOKEN,
      'Bearer',
      'Bearer wrong',
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN} ${TOKEN}`,
      `Bearer ${TOKEN}, Bearer ${TOKEN}`,
      `Basic ${Buffer.from(`api:${TOKEN}`).toString('base64')}`,
    ]) {
      const answer = await server.get('/organizations', undefined, { authorization });
      assertProblem(answer, 401, 'UnauthorizedException');
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
    }
  });

  it('is required before a body is read and an organization is looked up', async () => {
    const authorization = 'Bearer wrong';
    assert.equal((await server.post('/organizations', '{', { authorization })).status, 401);
    assert.equal(
      (await server.get('/organizations/o-unknown/users', undefined, { authorization })).status,
      401,
    );
  });

  it('is refused in two headers, because a proxy may have checked the other one', async () => {
    for (const [first, second] of [
      [TOKEN, 'wrong'],
      ['wrong', TOKEN],
      [TOKEN, TOKEN],
    ] as const) {
      assert.equal(await statusWithHeaders(server.port, [`Bearer ${first}`, `Bearer ${second}`]), 401);
    }
    assert.equal(await statusWithHeaders(server.port, [`Bearer ${TOKEN}`]), 200);
  });
});

function statusWithHeaders(port: number, values: string[]): Promise<number | undefined> {
  const headers = ['Host', 'localhost', ...values.flatMap((value) => ['Authorization', value])];
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/api/v1/organizations', headers, agent: false };
    request(options, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    })
      .on('error', reject)
      .end();
  });
}
