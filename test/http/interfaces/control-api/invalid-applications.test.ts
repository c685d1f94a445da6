import assert from 'node:assert/strict';
import { z } from 'zod';
import {
  invalidApplications,
  type InvalidInput,
} from '../../../support/applications/invalid-applications.ts';
import { manualClock } from '../../../support/basics/clock.ts';
import { contentsOf } from '../../../support/organization-file/file-server.ts';
import { fixedKeyPair, samlFixture } from '../../../support/saml/keys.ts';
import { API_TOKEN, EXAMPLE, startServer, type TestServer } from '../../../support/servers/server.ts';
import { certificateOf, entity, keyOf, provider } from '../../../support/saml/service-provider-parts.ts';
import { api } from '../../../support/saml/single-sign-on.ts';

const GOOD = samlFixture('sp-cert.pem');

describe('invalid input for an application', () => {
  let server: TestServer;
  let rows: InvalidInput[];

  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer({ organization: EXAMPLE, clock: manualClock() });
    rows = await invalidApplications();
  });
  after(() => server.stop());

  const problem = z.object({
    status: z.literal(400),
    errors: z.array(
      z.object({
        pointer: z.string(),
        detail: z.string(),
        line: z.int().optional(),
        column: z.int().optional(),
      }),
    ),
  });
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  const path = (rest: string) => `/api/v1/organizations/default/${rest}`;
  const send = (method: string, rest: string, json: object) =>
    server.browser().send(method, path(rest), { json, headers });
  /** Everything that a refused change must leave as it was: all but the events that report failures. */
  const contents = async () => {
    const all = await contentsOf(server.db);
    return { ...all, events: (all['events'] ?? []).filter((row) => !/errorCode/.test(row)) };
  };
  const refusedAt = (body: string) => {
    const [fault, ...others] = problem.parse(JSON.parse(body)).errors;
    assert.deepEqual(others, [], 'it is told once');
    return fault ?? assert.fail(body);
  };

  // The rows hold certificates that must be made first: one test goes through all rows and names the one that fails.
  const walk = async (judge: (row: InvalidInput) => Promise<void>) => {
    assert.ok(rows.length > 50);
    for (const row of rows) {
      const before = await contents();
      try {
        await judge(row);
        assert.deepEqual(await contents(), before, 'something was changed');
      } catch (error) {
        throw new Error(`${row.what}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }
  };

  it('creates no application: the field is named, the reason given, and nothing written', async function () {
    this.timeout(20_000);
    await walk(async ({ change, pointer: expectedPointer, says }) => {
      const { body, status } = await send('POST', 'applications', {
        ...{ key: 'new', displayName: 'New', serviceProvider: provider },
        ...change,
      });
      assert.equal(status, 400, body);
      const { pointer, detail } = refusedAt(body);
      assert.equal(pointer, expectedPointer);
      assert.match(detail, says);
    });
  });

  it('changes no application', async function () {
    this.timeout(20_000);
    await walk(async ({ change, pointer: expectedPointer, says }) => {
      // A valid change in the same request isn't made, either.
      const { body, status } = await send('PATCH', 'applications/wiki', {
        description: 'changed',
        ...change,
      });
      assert.equal(status, 400, body);
      const { pointer, detail } = refusedAt(body);
      assert.equal(pointer, expectedPointer);
      assert.match(detail, says);
    });
  });

  it('applies no organization file: the answer also has the line and column', async function () {
    this.timeout(30_000);
    await walk(async ({ change, pointer: expectedPointer, says }) => {
      const { key, ...given } = { key: 'new', displayName: 'New', serviceProvider: provider, ...change };
      // Each property has its own line, which identifies it; a valid user before it isn't created.
      const lines = [
        ...EXAMPLE.trimEnd().split('\n'),
        `  - key: ${key}`,
        ...Object.entries(given).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`),
      ];
      const text = lines.join('\n').replace('groups:\n', 'groups:\n  - {displayName: Fresh}\n');
      const answer = await fetch(new URL(path('file'), server.publicUrl), {
        method: 'PUT',
        body: text,
        headers: { ...headers, 'content-type': 'application/yaml' },
      });
      const body = await answer.text();
      const { status } = answer;
      assert.equal(status, 400, body);
      const { pointer, detail, line, column } = refusedAt(body);
      assert.equal(pointer, `/applications/2${expectedPointer}`);
      assert.match(detail, says);
      const [, property = ''] = expectedPointer.split('/');
      const written = text.split('\n');
      assert.match(written[(line ?? 0) - 1] ?? '', new RegExp(`^    ${property}: `));
      assert.ok((column ?? 0) > 4 && (column ?? 0) <= (written[(line ?? 0) - 1] ?? '').length);
    });
  });

  describe('causes only a warning', () => {
    const warnings = async (serviceProvider: object) =>
      z
        .object({ warnings: z.array(z.object({ code: z.string(), message: z.string() })) })
        .parse(await api(server, 'PATCH', 'applications/wiki', { serviceProvider })).warnings;

    it('when metadata has expired', async () => {
      const [warning] = await warnings({
        metadataXml: entity({ attributes: ' validUntil="2020-01-01T00:00:00Z"' }),
      });
      assert.deepEqual(warning, {
        code: 'expired',
        message: 'the metadata was valid until 2020-01-01T00:00:00Z',
      });
    });

    it('when a certificate has expired, in values and in metadata', async () => {
      const pem = await certificateOf(fixedKeyPair('other'));
      const given = [
        { ...provider, requestSigningCertificates: [GOOD, pem] },
        { metadataXml: entity({ content: keyOf(pem) }) },
      ];
      for (const each of given) assert.deepEqual(await warnings(each), []);
      server.clock.advance(400 * 24 * 3_600_000);
      for (const each of given) {
        const [warning, ...others] = await warnings(each);
        assert.deepEqual(others, []);
        assert.equal(warning?.code, 'certificate-expired');
        assert.match(warning.message, /expired at 2026-\d\d-\d\dT/);
      }
    });
  });

  it('includes requiring signed requests without a certificate, and removing the certificate while they are required', async () => {
    const keyed = { ...provider, requestSigningCertificates: [GOOD] };
    await api(server, 'POST', 'applications', {
      key: 'keyed',
      displayName: 'Keyed',
      serviceProvider: keyed,
      signedRequests: 'required',
    });
    const before = await contents();
    for (const change of [
      { serviceProvider: provider },
      { serviceProvider: provider, displayName: 'Other' },
    ]) {
      const { body, status } = await send('PATCH', 'applications/keyed', change);
      assert.equal(status, 400);
      assert.equal(refusedAt(body).pointer, '/signedRequests');
    }
    assert.equal((await send('PATCH', 'applications/notes', { signedRequests: 'required' })).status, 400);
    assert.deepEqual(await contents(), before);
    await api(server, 'PATCH', 'applications/keyed', {
      serviceProvider: provider,
      signedRequests: 'as-metadata',
    });
  });
});
