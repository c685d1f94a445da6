import assert from 'node:assert/strict';
import { inConformance } from '../../../support/basics/depth.ts';
import { textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { startConsoleRoutes, type ConsoleRoutes } from '../../../support/servers/console-visitors.ts';
import { enterConsole } from '../../../support/servers/console.ts';

/** What no page of the console links to: values outside of what queries accept, and cursors of nobody. */
const QUERIES = [
  `count=1e999&status=x&order=x&kind=x&name=x&time=x&result=x&done=${'x'.repeat(51)}&q=${'x'.repeat(201)}`,
  ...['count=x', 'cursor=x', 'before=x', `cursor=${'x'.repeat(2001)}`],
];

describe(inConformance('what no page of the console sends'), function () {
  this.timeout(60_000);
  let routes: ConsoleRoutes;
  let operator: Browserless;
  before(async () => {
    routes = await startConsoleRoutes();
    operator = routes.server.browser();
    await enterConsole(routes.server, operator);
  });
  after(() => routes.server.stop());

  const assertPlain = (answer: Answer, path: string) => {
    assert.ok(answer.status < 500, `${path}: ${answer.status}`);
    // The words of the schemas' library.
    assert.doesNotMatch(
      textOf(answer),
      /Invalid (input|option|string)|Too (big|small)|expected|received/,
      path,
    );
  };

  for (const query of QUERIES)
    it(`is refused in words that anybody understands: ?${query.slice(0, 60)}`, async () => {
      const refused: string[] = [];
      for (const path of routes.pages) {
        const answer = await operator.get(`${routes.fill(path)}?${query}`);
        assertPlain(answer, path);
        if (answer.status === 400) refused.push(path);
      }
      assert.ok(refused.includes('/:instance/console/users'));
    });
});
