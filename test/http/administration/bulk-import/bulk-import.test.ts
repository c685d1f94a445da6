import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { person } from '../../../support/people/people.ts';
import { builtServers } from '../../../support/servers/built-server.ts';
import { signIn } from '../../../support/servers/server.ts';
import { inConformance } from '../../../support/basics/depth.ts';

const TOKEN = 'a-token-of-this-test';
const IMPORTS = '/api/v1/organizations/default/imports';
const COUNT = 6000;

const importSchema = z.object({ id: z.string(), status: z.string(), done: z.number() });

describe(inConformance('an import of thousands of users, at the built server'), function () {
  this.timeout(60_000);
  const { serve } = builtServers();

  it('lets users sign in meanwhile, survives kill -9, and completes when it is sent again', async () => {
    const flags = ['--data', 'data', '--org', 'organization.yaml'];
    const env = { VESTIBULE_API_TOKEN: TOKEN };
    const body = Array.from({ length: COUNT }, (_, index) => {
      const user = { ...person(`user-${index}`), groups: ['Engineering'] };
      return `${JSON.stringify({ user })}\n`;
    }).join('');

    const first = serve(flags, env);
    const browser = await first.ready();
    const ask = async (origin: string, path: string, sent?: string) => {
      const response = await fetch(`${origin}${path}`, {
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-ndjson' },
        ...(sent !== undefined && { method: 'POST', body: sent }),
      });
      return { status: response.status, body: importSchema.parse(await response.json()) };
    };
    const firstOrigin = `http://localhost:${await first.port()}`;
    const begun = await ask(firstOrigin, IMPORTS, body);
    assert.equal(begun.status, 202);
    const portal = await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    assert.equal(portal.status, 200);
    let seen = begun.body;
    while (seen.done === 0) seen = (await ask(firstOrigin, `${IMPORTS}/${begun.body.id}`)).body;
    assert.equal(seen.status, 'running', 'it was over before it could be killed: send more');
    await first.exit('SIGKILL');

    const second = serve(flags, env);
    await second.ready();
    const secondOrigin = `http://localhost:${await second.port()}`;
    const kept = (await ask(secondOrigin, `${IMPORTS}/${begun.body.id}`)).body;
    assert.ok(kept.done >= seen.done && kept.done < COUNT, `${kept.done} of ${COUNT}`);
    // The killed server's import blocks a new one for ten seconds.
    let again = await send(secondOrigin);
    while (again === undefined) {
      await delay(500);
      again = await send(secondOrigin);
    }
    while (again.status === 'running') {
      await delay(50);
      again = (await ask(secondOrigin, `${IMPORTS}/${again.id}`)).body;
    }
    assert.deepEqual([again.status, again.done], ['done', COUNT]);
    assert.equal((await ask(secondOrigin, `${IMPORTS}/${begun.body.id}`)).body.status, 'interrupted');

    async function send(origin: string) {
      const response = await fetch(`${origin}${IMPORTS}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-ndjson' },
        body,
      });
      const json: unknown = await response.json();
      if (response.status === 409) return undefined;
      assert.equal(response.status, 202);
      return importSchema.parse(json);
    }
  });
});
