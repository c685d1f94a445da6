import assert from 'node:assert/strict';
import { request } from 'node:http';
import { person } from '../../../../../support/people/people.ts';
import { assertProblem, startControl, TOKEN, type Answer, type ControlServer } from '../../control-server.ts';

const IMPORTS = '/organizations/default/imports';
const LINES = { 'content-type': 'application/x-ndjson' };
const lines = (...items: unknown[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');

describe('bulk imports of the control API', () => {
  let server: ControlServer;
  beforeEach(async () => {
    server = await startControl();
  });
  afterEach(() => server.close());

  /** Polls until the import has ended or the test times out. */
  const ended = async (begun: Answer): Promise<Answer> => {
    assert.equal(begun.status, 202, JSON.stringify(begun.body));
    for (;;) {
      const answer = await server.get(`${IMPORTS}/${begun.body.id}`);
      if ((answer.body as unknown as { status: string }).status !== 'running') return answer;
    }
  };
  const outcome = ({ body }: Answer) => {
    const { status, total, done } = body as unknown as Record<string, unknown>;
    return { status, total, done };
  };

  it('load users and groups from JSON, and report their progress', async () => {
    const begun = await server.post(IMPORTS, {
      groups: [{ displayName: 'Sales' }],
      users: [{ ...person('ana'), groups: ['Sales'] }, person('bo')],
    });
    assert.deepEqual(outcome(begun), { status: 'running', total: 3, done: 0 });
    const answer = await ended(begun);
    assert.deepEqual(outcome(answer), { status: 'done', total: 3, done: 3 });
    assert.deepEqual((await server.get(IMPORTS)).body, { items: [answer.body], cursor: null });
    const users = await server.get('/organizations/default/users');
    assert.deepEqual(
      users.body.items.map(({ userName }) => userName),
      ['ana@example.com', 'bo@example.com'],
    );
    const [event] = await server.tenant.events(1);
    assert.deepEqual(
      [event?.eventName, event?.userIdentity['userName']],
      ['AddMemberToGroup', 'control-api'],
    );
  });

  it('load users from CSV', async () => {
    const csv =
      'userName,email,givenName,familyName,displayName\nana,ana@example.com,Ana,Souza,"Souza, Ana"\n';
    const begun = await server.post(IMPORTS, csv, { 'content-type': 'text/csv' });
    assert.deepEqual(outcome(await ended(begun)), { status: 'done', total: 1, done: 1 });
  });

  it('load a user or group from each line, in any order, and nothing from an empty body', async () => {
    const text = `${lines({ user: { ...person('ana'), groups: ['Ventas ñ'] } })}\n${lines({ group: { displayName: 'Ventas ñ' } }).trimEnd()}`;
    assert.deepEqual(outcome(await ended(await server.post(IMPORTS, text, LINES))), {
      ...{ status: 'done', total: 2, done: 2 },
    });
    const groups = await server.get('/organizations/default/groups');
    assert.deepEqual(
      groups.body.items.map(({ displayName }) => displayName),
      ['Ventas ñ'],
    );
    assert.deepEqual(outcome(await ended(await server.post(IMPORTS, '', LINES))), {
      ...{ status: 'done', total: 0, done: 0 },
    });
  });

  it('are refused as a whole, with every mistake', async () => {
    const body = lines({ user: person('ana') }, { user: { ...person('bo'), email: 'nobody' } }, { user: 7 });
    const refused = await server.post(IMPORTS, body, LINES);
    assertProblem(refused, 400, 'ValidationException', '/users/1/email', '/users/2');
    assert.match(refused.body.errors?.[0]?.detail ?? '', /^Line 2: Expected an email address/);
    const json = await server.post(IMPORTS, { users: [person('ana'), person('ana')], people: [] });
    assertProblem(json, 400, 'ValidationException', '/people');
    const repeated = await server.post(IMPORTS, { users: [person('ana'), person('ana')] });
    assertProblem(repeated, 400, 'ValidationException', '/users/1/userName', '/users/1/email');
    const unreadable = await server.post(IMPORTS, 'x\n[]\n{"user":1,"group":2}\n{"__proto__":1}\n', LINES);
    assertProblem(unreadable, 400, 'ValidationException', '', '', '', '');
    assert.deepEqual((await server.get('/organizations/default/users')).body.items, []);
    assert.deepEqual((await server.get(IMPORTS)).body.items, []);
  });

  it('report a hundred mistakes and count the others', async () => {
    const refused = await server.post(
      IMPORTS,
      lines(...Array.from({ length: 150 }, () => ({ user: 1 }))),
      LINES,
    );
    assert.equal(refused.status, 400);
    assert.equal(refused.body.errors?.length, 101);
    assert.equal(refused.body.errors.at(-1)?.detail, '50 more mistakes are not shown.');
  });

  it('are checked no further after thousands of mistakes', async () => {
    const many = lines(...Array.from({ length: 20_000 }, () => ({ user: {} })));
    const refused = await server.post(IMPORTS, many, LINES);
    assert.equal(refused.status, 400);
    assert.equal(refused.body.errors?.length, 101);
    // A user without any fields has five mistakes: a thousand of twenty thousand users were checked.
    const last = refused.body.errors.at(-1)?.detail;
    assert.equal(last, '4900 more mistakes are not shown. The rest was not checked.');
  });

  it('are refused in another type, broken, in another encoding, or in one endless line', async () => {
    const problem = async (body: string | Buffer, headers: Record<string, string>) =>
      (await send(body, headers)).statusCode;
    assert.equal(await problem('a,b', { 'content-type': 'text/plain' }), 415);
    assert.equal(await problem('a,b', { 'content-type': 'text/csv' }), 400);
    assert.equal(await problem('{', { 'content-type': 'application/json' }), 400);
    assert.equal(await problem('{"users":7}', { 'content-type': 'application/json' }), 400);
    assert.equal(await problem(Buffer.from([0x7b, 0xff, 0x7d]), LINES), 400);
    assert.equal(await problem(' '.repeat(3 * 1024 * 1024), { 'content-type': 'application/json' }), 413);
    assert.equal(await problem(' '.repeat(3 * 1024 * 1024), LINES), 413);
  });

  /** Like `server.post`, for binary bodies, and for those that the server may stop reading. */
  const send = (body: string | Buffer, headers: Record<string, string>) =>
    new Promise<{ statusCode: number | undefined }>((resolve, reject) => {
      const sent = request(
        {
          ...{ host: '127.0.0.1', port: server.port, path: `/api/v1${IMPORTS}`, method: 'POST' },
          headers: { authorization: `Bearer ${TOKEN}`, ...headers },
        },
        (response) => {
          response.resume();
          resolve({ statusCode: response.statusCode });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });

  it('are found by id in their own organization', async () => {
    assertProblem(await server.get(`${IMPORTS}/unknown`), 404, 'ResourceNotFoundException');
    assertProblem(
      await server.post('/organizations/o-unknown/imports', {}),
      404,
      'ResourceNotFoundException',
    );
  });
});
