import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { collectProcedures, type Declared } from '../../support/procedures/collect.ts';
import { missingProcedures, PROCEDURES_PAGE, proceduresPage } from '../../support/procedures/page.ts';

/** The procedures without a test. A test must leave this list with its procedure, and none may be added. */
const WITHOUT_TEST: readonly string[] = [
  'To disable or enable your application',
  'To add and configure a cloud application',
  'To add and configure a custom SAML application',
  'To assign access to users or groups',
  'To remove user access from an application',
];

describe('the page about the guide’s procedures', () => {
  let declared: Declared[];
  before(async function () {
    this.timeout(20_000); // loads the browser tests
    declared = await collectProcedures();
  });

  it('is what `npm run docs` writes', async () => {
    assert.equal(readFileSync(PROCEDURES_PAGE, 'utf8'), await proceduresPage(declared));
  });

  it('has every procedure, but those that are known to be missing', () => {
    assert.deepEqual(missingProcedures(declared), WITHOUT_TEST);
  });

  it('has each procedure once', () => {
    const titles = declared.map(({ title }) => title);
    assert.deepEqual(titles, [...new Set(titles)]);
  });
});
