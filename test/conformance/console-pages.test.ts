import assert from 'node:assert/strict';
import { asId, type ApplicationId } from '../../src/foundation/platform/ids.ts';
import { inConformance } from '../support/basics/depth.ts';
import { fillOrganization, type Size } from '../support/databases/large-organization.ts';
import { startEveryRoute, type EveryRoute } from '../support/servers/every-route.ts';
import { fillEverything, isOfConsole } from '../support/servers/filled-routes.ts';

/** Each list has more than a page: a page of fewer rows would be cheaper for a reason that is none. */
const SMALL: Size = { users: 150, groups: 150, applications: 110, events: 300, exchanges: 110, ofOne: 110 };
const LARGE: Size = {
  ...{ users: 50_000, groups: 10_000, applications: 499 - 2 },
  ...{ events: 100_000, exchanges: 1000, ofOne: 1000 },
};

/** In processor time of this process, which sends the request, too. */
const LIMIT_MS = 100;
const MOST_GROWTH = 1.3;
/** Such a difference is none: garbage is collected now and then. */
const NOISE_MS = 2;
const ROUNDS = 7;

interface Filled {
  readonly every: EveryRoute;
  /** The path with existing names in place of its parameters: those with the most of everything. */
  readonly fill: (path: string) => string;
}

async function startFilled(size: Size): Promise<Filled> {
  const every = await startEveryRoute();
  const fill = await fillEverything(every);
  const application = asId<ApplicationId>(fill(':application'));
  const { user, group } = await fillOrganization(every.server, application, size);
  // A device or a session has a user of its own.
  const ofUser = (path: string) => (/:(device|session)/.test(path) ? path : path.replace(':user', user.id));
  return { every, fill: (path) => fill(ofUser(path).replace(':group', group.id)) };
}

/** Pages whose cost grows with what they show, up to a limit. */
const MAY_GROW = [
  // Up to a thousand assigned users are read and sorted by their names.
  '/:instance/console/applications/:application/users',
  // Events have no index of ids, so the newest hundred thousand are looked through.
  '/:instance/console/events/:event',
  // They look for the event that caused the message.
  ...['', '/text', '/source'].map((part) => `/:instance/console/mailbox/:mail${part}`),
  // Its filter has a choice for each application.
  '/:instance/console/exchanges',
  // It counts users, groups and the sign-ins of some days.
  '/:instance/console',
];

/** A file with everything; the event loop turns while it is made. */
const EXPORT = '/:instance/console/organization-file/export';

/** A page, and the page that its address leads to at each server. */
interface Page {
  readonly title: string;
  readonly path: (filled: Filled) => string;
  /** Whether it may take longer the more there is: a search for a part of a name that few have reads all names. */
  readonly mayGrow?: boolean;
}

describe(inConformance('the console of a large organization'), function () {
  this.timeout(300_000);
  let small: Filled;
  let large: Filled;
  before(async () => {
    small = await startFilled(SMALL);
    large = await startFilled(LARGE);
  });
  after(async () => {
    await small.every.server.stop();
    await large.every.server.stop();
  });

  const visit = async ({ every: { browser } }: Filled, path: string) => {
    const before = process.cpuUsage();
    const answer = await browser.get(path);
    const { user, system } = process.cpuUsage(before);
    assert.ok(answer.status < 400, `${path} answers ${answer.status}`);
    return { body: answer.body, ms: (user + system) / 1000 };
  };

  /** The page with a next page and with searches, if it has them. */
  const variants = async (route: string): Promise<Page[]> => {
    const path = ({ fill }: Filled) => fill(route);
    const { body } = await visit(large, path(large));
    const withQuery = (query: string, title: string, mayGrow: boolean): Page => ({
      ...{ title: `${route}, ${title}`, mayGrow },
      path: (filled) => `${path(filled)}?${query}`,
    });
    const mayGrow = MAY_GROW.includes(route);
    const pages: Page[] = [{ title: route, path, mayGrow: mayGrow }];
    const [, next] = /href="[^"]*\?([^"]*cursor=[^"]*)"/.exec(body) ?? [];
    if (next !== undefined) pages.push(withQuery(next.replaceAll('&amp;', '&'), 'a later page', mayGrow));
    if (/ name="q"/.test(body)) {
      pages.push(withQuery('q=person-000', 'a search that finds many', true));
      pages.push(withQuery('q=found+nowhere', 'a search that finds nothing', true));
    }
    return pages;
  };

  it('answers each page in 100 ms, and a list as fast as that of a small organization', async () => {
    const routes = large.every.all.filter(
      ({ method, path }) => method === 'GET' && isOfConsole(path) && path !== EXPORT,
    );
    assert.ok(routes.length > 0);
    const faults: string[] = [];
    for (const route of routes) {
      for (const { title, path, mayGrow = false } of await variants(route.path)) {
        const times: [number, number][] = [];
        for (let round = 0; round < ROUNDS; round++) {
          times.push([(await visit(small, path(small))).ms, (await visit(large, path(large))).ms]);
        }
        const [ofSmall, ofLarge] = [0, 1].map((which) => Math.min(...times.map((pair) => pair[which] ?? 0)));
        if (ofSmall === undefined || ofLarge === undefined) throw new Error('Nothing was measured.');
        const line = `${title}: ${ofSmall.toFixed(1)} → ${ofLarge.toFixed(1)} ms`;
        process.stdout.write(`      ${line}\n`);
        const limit = mayGrow ? LIMIT_MS : Math.min(LIMIT_MS, ofSmall * MOST_GROWTH + NOISE_MS);
        if (ofLarge > limit) faults.push(line);
      }
    }
    assert.deepEqual(faults, []);
  });
});
