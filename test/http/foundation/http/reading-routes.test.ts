import assert from 'node:assert/strict';
import { readContent, readTables, type DescribedTable } from '../../../support/databases/schema.ts';
import { sendChecked } from '../../../support/mutation/mutation-run.ts';
import { startEveryRoute, type EveryRoute } from '../../../support/servers/every-route.ts';
import { fillEverything, isOfConsole } from '../../../support/servers/filled-routes.ts';
import { API_TOKEN } from '../../../support/servers/server.ts';

/** A sign-in is started for the browser that asks, which has no session. It belongs to that browser alone. */
const STARTS_SIGN_IN = ['sign_ins'];

/**
 * GET routes that may add rows, by visitor, with the tables. No other route may write, and no GET of any visitor may
 * change or delete a row that exists: pages on other sites, link scanners and previews send GETs too.
 */
const MAY_ADD = {
  /** Signed in, and led here by a link on any site. */
  owner: {
    // The user's own sign-on, whose response only this browser gets (IdP-initiated).
    '/:instance/saml/assertion/:application': ['events', 'exchanges'],
    // ForceAuthn: another sign-in, of the browser to which the request belongs.
    '/:instance/saml/continue/:pending': STARTS_SIGN_IN,
  },
  /** Without cookies: an `<img>` on another site, a link scanner, a stranger. */
  stranger: {
    '/:instance/saml/assertion/:application': STARTS_SIGN_IN,
    '/:instance/start': STARTS_SIGN_IN,
    '/:instance/start/applications/:application': STARTS_SIGN_IN,
    '/:instance/start/mfa-devices': STARTS_SIGN_IN,
    '/:instance/start/mfa-devices/register': STARTS_SIGN_IN,
    '/:instance/start/mfa-devices/:device/registered': STARTS_SIGN_IN,
    '/:instance/start/mfa-devices/:device/rename': STARTS_SIGN_IN,
    '/:instance/start/mfa-devices/:device/delete': STARTS_SIGN_IN,
    '/:instance/start/trusted-devices': STARTS_SIGN_IN,
    '/:instance/start/sessions': STARTS_SIGN_IN,
  },
  /** With the token of the control API. */
  operator: {},
} satisfies Record<string, Record<string, string[]>>;
type Visitor = keyof typeof MAY_ADD;

/** Pages that exist for nobody here: these organizations are no demonstrations. */
const ONLY_IN_DEMONSTRATIONS = ['/:instance/signin/:signIn/email', '/:instance/forgot-password/email'];

describe('every GET', () => {
  let every: EveryRoute;
  let fill: (path: string) => string;
  let tables: DescribedTable[];
  let content: Awaited<ReturnType<typeof readContent>>;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    every = await startEveryRoute();
    fill = await fillEverything(every);
    tables = await readTables(every.server.db);
    content = await readContent(every.server.db, tables);
  });
  after(() => every.server.stop());

  /** Sends a request. Returns its status and the tables that have new rows; fails when a row was changed or deleted. */
  const visit = async (path: string, method: string, headers: (readonly [string, string])[]) => {
    const { status } = await sendChecked(every.server, { method, target: fill(path), headers });
    const [before, now] = [content, await readContent(every.server.db, tables)];
    content = now;
    const grown: string[] = [];
    for (const [table, rows] of before) {
      const present = new Set(now.get(table));
      for (const row of rows) assert.ok(present.has(row), `${path} changes or deletes in ${table}: ${row}`);
      if (present.size > rows.length) grown.push(table);
    }
    return { status, grown: grown.sort() };
  };
  const assertAddsOnly = async (
    visitor: Visitor,
    methods: string[],
    headers: (readonly [string, string])[],
  ) => {
    const allowed: Record<string, string[]> = MAY_ADD[visitor];
    const paths = every.all
      .filter(
        ({ method, path }) => method === 'GET' && path.startsWith('/api/v1') === (visitor === 'operator'),
      )
      .map(({ path }) => path);
    for (const path of Object.keys(allowed)) assert.ok(paths.includes(path), `there is no route ${path}`);
    for (const path of paths) {
      for (const method of methods) {
        const { status, grown } = await visit(path, method, headers);
        if (!ONLY_IN_DEMONSTRATIONS.includes(path))
          assert.notEqual(status, 404, `${path} must be tried with names that exist`);
        if (method === 'HEAD' && status === 405) continue;
        const usual = visitor === 'stranger' && isOfConsole(path) ? STARTS_SIGN_IN : [];
        assert.deepEqual(grown, allowed[path] ?? usual, `${method} ${path} by the ${visitor}`);
      }
    }
  };

  it('of a stranger changes nothing that exists: neither does HEAD', () =>
    assertAddsOnly('stranger', ['GET', 'HEAD'], [['Sec-Fetch-Site', 'cross-site']]));

  it('of a signed-in user changes nothing either, whichever site had the link', () =>
    assertAddsOnly('owner', ['GET'], [every.cookie(), ['Sec-Fetch-Site', 'cross-site']]));

  it('of the control API only reads', () =>
    assertAddsOnly('operator', ['GET'], [['Authorization', `Bearer ${API_TOKEN}`]]));
});
