/** `npm run docs` writes docs/procedures.md from the declarations of the browser tests. */
import { writeFileSync } from 'node:fs';
import { collectProcedures } from '../support/procedures/collect.ts';
import { PROCEDURES_PAGE, proceduresPage } from '../support/procedures/page.ts';

writeFileSync(PROCEDURES_PAGE, await proceduresPage(await collectProcedures()));
