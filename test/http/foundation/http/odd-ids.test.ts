import assert from 'node:assert/strict';
import { inConformance } from '../../../support/basics/depth.ts';
import { FORM, startEveryRoute, type EveryRoute } from '../../../support/servers/every-route.ts';
import { fillEverything } from '../../../support/servers/filled-routes.ts';
import { API_TOKEN } from '../../../support/servers/server.ts';

/** What nobody's id is, as it stands in a path. */
const ODD_IDS = {
  'an empty segment': '',
  'the folder above': '..',
  'the folder above, encoded': '%2e%2e',
  'a slash, encoded': 'a%2Fb',
  NUL: '%00',
  'an octet that is not UTF-8': '%FF',
  'half an escape': '%',
  '10,000 characters': 'x'.repeat(10_000),
  emoji: encodeURIComponent('👩🏽‍🚀'),
  'octets of UTF-8': '🚀',
  'half a surrogate pair': '%ED%A0%BD',
  'a right-to-left override': encodeURIComponent('Ana \u202Enimda'),
  'a name of every object': 'constructor',
  'the name of a prototype': '__proto__',
  'a number above all integers': '99999999999999999999',
};

/** One of so many combinations is sent. It shares no divisor with the number of ids. */
const EACH = 7;

const TITLE = 'no odd id in a path is an error of ours, or names something';

describe('attack: odd ids, tried for every parameter of every route', () => {
  let every: EveryRoute;
  let fill: (path: string) => string;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    every = await startEveryRoute();
    fill = await fillEverything(every);
  });
  after(() => every.server.stop());

  // A page may lead to signing in, or back to its list.
  it(inConformance(TITLE), async function () {
    this.timeout(120_000);
    const faults: string[] = [];
    let tried = 0;
    for (const { method, path } of every.all) {
      for (const [parameter] of path.matchAll(/:\w+/g)) {
        for (const [name, id] of Object.entries(ODD_IDS)) {
          tried += 1;
          if (tried % EACH !== 0) continue;
          const odd = fill(path.replace(parameter, '\n')).replace('\n', id);
          const { status } = await every.send(odd, request(method, odd));
          if (!(status >= 300 && status < 500 && status !== 429))
            faults.push(`${method} ${path}, ${parameter} is ${name}: ${status}`);
        }
      }
    }
    assert.ok(tried > 1_000);
    assert.deepEqual(faults, []);
  });

  /** As the signed-in administrator and operator, so that the id is what refuses the request. */
  const request = (method: string, path: string) => {
    if (path.startsWith('/api/'))
      return {
        method,
        headers: [
          ['Authorization', `Bearer ${API_TOKEN}`],
          ...(method === 'GET' || method === 'HEAD' ? [] : [['Content-Type', 'application/json'] as const]),
        ] as const,
        ...(method === 'GET' || method === 'HEAD' ? {} : { body: '{}' }),
      };
    if (method === 'GET' || method === 'HEAD') return { method };
    return { method, headers: [FORM], body: new URLSearchParams({ csrf: every.token }).toString() };
  };
});
