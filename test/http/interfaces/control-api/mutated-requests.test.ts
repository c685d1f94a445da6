import assert from 'node:assert/strict';
import { rsaCertificate } from '../../../support/applications/odd-keys.ts';
import { readServiceProviderMetadata } from '../../../../src/protocols/saml/metadata/service-provider.ts';
import {
  MUTATION_TIMEOUT_MS,
  overMutatedInput,
  Seen,
  sendChecked,
} from '../../../support/mutation/mutation-run.ts';
import { reasonsOf } from '../../../support/saml/known-reasons.ts';
import { mutateXml } from '../../../support/mutation/mutate-xml.ts';
import {
  mutateJson,
  mutateOctets,
  mutatePairs,
  mutateText,
  BREAKING_TEXTS,
} from '../../../support/mutation/mutate.ts';
import type { RawAnswer, RawRequest } from '../../../support/servers/raw-http.ts';
import { startServer, type TestServer } from '../../../support/servers/server.ts';
import { ORGANIZATION, AUTHORIZED, JSON_BODY, METADATA, BODIES, QUERIES } from './valid-requests.ts';

describe('mutated requests to the control API', () => {
  let server: TestServer;
  let made = 0;
  const seen = new Seen();
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
  });
  after(() => server.stop());

  const send = async (request: RawRequest): Promise<RawAnswer> => {
    const headers = [AUTHORIZED, ...(request.headers ?? [])];
    const answer = await sendChecked(server, { ...request, headers });
    if (answer.status >= 400 && answer.body !== '' && /^\/api\//.test(String(request.target))) {
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, answer.body);
      const problem = JSON.parse(answer.body) as {
        status: number;
        title: string;
        detail: string;
        errors?: { pointer: string }[];
      };
      assert.equal(problem.status, answer.status);
      for (const { pointer } of problem.errors ?? []) assert.equal(typeof pointer, 'string');
      seen.add(problem.title);
      for (const [says, reason] of GUARDED) if (says.test(problem.detail)) seen.add(reason);
    }
    return answer;
  };

  /** What the check of the input says about each kind of fault. */
  const GUARDED: [RegExp, string][] = [
    [/NUL/, 'nul'],
    [/occurs twice/, 'twice'],
    [/is not known here/, 'unknown key'],
    [/Send a JSON body/, 'not JSON'],
    [/uncompressed/, 'compressed'],
    [/not valid JSON/, 'invalid JSON'],
    [/too large/, 'too large'],
  ];

  it('are answered before any mutation', async () => {
    for (const [method, target, status, body] of BODIES) {
      const answer = await send({
        method,
        target,
        headers: [JSON_BODY],
        body: JSON.stringify(body(`${(made += 1)}`)),
      });
      assert.equal(answer.status, status, answer.body);
    }
    for (const [path, query] of QUERIES) {
      const answer = await send({ target: `${path}?${new URLSearchParams(query).toString()}` });
      assert.equal(answer.status, 200, answer.body);
    }
  });

  it('cause no server error, slow answer or leak of internals in bodies', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    await overMutatedInput(140, async (draw) => {
      const { pick } = draw;
      const [method, target, , make] = pick(BODIES);
      const body = make(`${(made += 1)}`);
      const text = mutateJson(body, draw);
      await send({
        method,
        target,
        headers: [
          pick([
            JSON_BODY,
            JSON_BODY,
            JSON_BODY,
            JSON_BODY,
            ['Content-Type', 'application/json; charset=utf-16le'],
            ['Content-Type', 'application/json; charset=nope'],
            ['Content-Type', 'text/plain'],
            ['Content-Type', 'application/x-www-form-urlencoded'],
            ['Content-Type', 'multipart/form-data; boundary=x'],
            ['Content-Type', 'application/merge-patch+json'],
            ['Content-Type', ', ;/'],
          ] as const),
          ...pick<(readonly [string, string])[]>([
            [],
            [],
            [],
            [['Content-Encoding', pick(['gzip', 'br', 'deflate', 'x'])]],
            [['Expect', 'x']],
            [['Accept', 'text/html;q=9,*/*;q=-1']],
            [['X-HTTP-Method-Override', 'DELETE']],
          ]),
        ],
        body: pick<() => string | Buffer>([
          () => text,
          () => text,
          () => text,
          () => text,
          () => mutateOctets(Buffer.from(JSON.stringify(body)), draw),
        ])(),
      });
    });
  });

  it('cause no server error, slow answer or leak of internals in queries, paths and methods', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    await overMutatedInput(100, async (draw) => {
      const { pick } = draw;
      const [path, query] = pick(QUERIES);
      const good = `${path}?${new URLSearchParams(query).toString()}`;
      const target = pick([
        () => `${path}?${mutatePairs(query, draw)}`,
        () =>
          `${path}?${mutatePairs([...query, ['cursor', Buffer.from('["a","b"]').toString('base64url')]], draw)}`,
        () => `${path}?cursor=${Buffer.from(mutateJson(['a', 1], draw)).toString('base64url')}`,
        () => mutateText(good, draw),
        () => `${path}/${encodeURI(pick(BREAKING_TEXTS).replace(/\p{Surrogate}/gu, ''))}`,
        () =>
          path.replace('default', encodeURIComponent(pick(BREAKING_TEXTS).replace(/\p{Surrogate}/gu, ''))),
      ])();
      const method = pick([
        'GET',
        'GET',
        'GET',
        'HEAD',
        'DELETE',
        'PUT',
        'POST',
        'PATCH',
        'OPTIONS',
        'TRACE',
        'PROPFIND',
      ]);
      // The other requests need the default organization.
      if (method === 'DELETE' && /^\/api\/v1\/organizations\/[^/]*\/?(\?|$)/.test(target)) return;
      const octets = Buffer.from(target.replace(/[\0-\x20\x7f]/g, '%20'));
      await send({ method, target: octets });
    });
  });

  it('cause no server error or slow answer in metadata of service providers, and meet each refusal', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    const faults = new Seen();
    const post = async (metadataXml: string) => {
      const unique = `m${(made += 1)}`;
      const read = await readServiceProviderMetadata(metadataXml, { now: server.clock.now() });
      const body = JSON.stringify({ displayName: unique, key: unique, serviceProvider: { metadataXml } });
      const answer = await send({
        method: 'POST',
        target: `${ORGANIZATION}/applications`,
        headers: [JSON_BODY],
        body,
      });
      if (!read.ok) faults.add(read.reason);
      if (!read.ok) assert.ok(answer.status >= 400, answer.body);
      return answer;
    };
    assert.equal((await post(METADATA)).status, 201);
    const rare = [
      METADATA.replace(/bindings:HTTP-POST/, 'bindings:PAOS'),
      METADATA.replace('https://sp.example.com/acs', 'javascript:alert(1)'),
      METADATA.replace(/<md:KeyDescriptor.*<\/md:KeyDescriptor>/s, ''),
      METADATA.replace('SAML:2.0:protocol"', 'SAML:1.1:protocol"'),
      METADATA.replace(/<md:EntityDescriptor.*/s, '<x/>'),
      `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${METADATA}${METADATA}</md:EntitiesDescriptor>`,
      METADATA.replace(
        'entityID="https://sp.example.com"',
        `entityID="https://sp.example.com?${'a'.repeat(2 << 20)}"`,
      ),
      METADATA.replace('index="0"', 'index="x"'),
      `<!DOCTYPE x [<!ENTITY a "b">]>${METADATA}`,
      METADATA.replace('<md:Sing', '<?x y?><md:Sing'),
      METADATA.slice(0, -5),
      METADATA.replace('<md:Sing', `${'<x/>'.repeat(100_000)}<md:Sing`),
      METADATA.replace(/<md:KeyDescriptor.*<\/md:KeyDescriptor>/s, (key) => key.repeat(401)),
      METADATA.replace(/<md:KeyDescriptor.*<\/md:KeyDescriptor>/s, (key) =>
        Array.from({ length: 21 }, (_, index) =>
          key.replace(/(X509Certificate>)[^<]*/, `$1${rsaCertificate(1024, index)}`),
        ).join(''),
      ),
    ];
    for (const xml of rare) await post(xml);
    const other = { now: server.clock.now(), entityId: 'https://other.example.com' };
    const notThere = await readServiceProviderMetadata(METADATA, other);
    if (!notThere.ok) faults.add(notThere.reason);
    await overMutatedInput(48, async (draw) => {
      await post(mutateXml(METADATA, draw));
    });
    const known = reasonsOf('src/protocols/saml/metadata/service-provider.ts', 'MetadataFault');
    const read = [
      ...known,
      ...reasonsOf('src/protocols/saml/metadata/service-provider-role.ts', 'RoleFault'),
      ...reasonsOf('src/protocols/saml/xml/parse.ts', 'XmlFault'),
    ];
    // When two readers disagree, one of them has a defect: the readers' own tests cover known cases.
    faults.assertAll(read.filter((reason) => reason !== 'readers-disagree' && reason !== 'too-large'));
  });

  it('meet every kind of refusal', async () => {
    const groups = `${ORGANIZATION}/groups`;
    const group = { displayName: 'once' };
    const [json, none] = [[JSON_BODY], []];
    for (const [method, target, headers, body] of [
      ['POST', groups, json, JSON.stringify({ displayName: 'a\0' })],
      ['GET', `${groups}?limit=1&limit=2`, none, undefined],
      ['POST', groups, json, JSON.stringify({ ...group, more: 1 })],
      ['POST', groups, none, JSON.stringify(group)],
      ['POST', groups, json, '{'],
      ['POST', groups, json, JSON.stringify({ displayName: 'x'.repeat(3_000_000) })],
      ['POST', groups, json, JSON.stringify(group)],
      ['POST', groups, json, JSON.stringify(group)],
      ['GET', `${groups}/none`, none, undefined],
      ['DELETE', '/api/v1/organizations', none, undefined],
    ] as const)
      await send({ method, target, headers, ...(body !== undefined && { body }) });
    const nobody = await sendChecked(server, { target: groups });
    assert.equal(nobody.status, 401);
    seen.assertAll([
      ...GUARDED.map(([, reason]) => reason),
      'ConflictException',
      'ResourceNotFoundException',
      'MethodNotAllowed',
      'ValidationException',
      'BadRequest',
      'PayloadTooLarge',
      'UnsupportedMediaType',
    ]);
  });

  it('leave the server healthy', async () => {
    assert.equal((await sendChecked(server, { target: '/healthz' })).status, 200);
    const [method, target, status, body] = BODIES[0] ?? assert.fail();
    const answer = await send({ method, target, headers: [JSON_BODY], body: JSON.stringify(body('last')) });
    assert.equal(answer.status, status, answer.body);
  });
});
