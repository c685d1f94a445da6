import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { collectProcedures, type Declared } from '../../support/procedures/collect.ts';
import { missingProcedures, PROCEDURES_PAGE, proceduresPage } from '../../support/procedures/page.ts';

describe('the page about the guide’s procedures', () => {
  let declared: Declared[];
  before(async function () {
    this.timeout(20_000); // loads the browser tests
    declared = await collectProcedures();
  });

  it('is what `npm run docs` writes', async () => {
    assert.equal(readFileSync(PROCEDURES_PAGE, 'utf8'), await proceduresPage(declared));
  });

  it('has every procedure', () => {
    assert.deepEqual(missingProcedures(declared), []);
  });

  it('has each procedure once', () => {
    const titles = declared.map(({ title }) => title);
    assert.deepEqual(titles, [...new Set(titles)]);
  });
});
