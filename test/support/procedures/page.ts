import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import type { Declared } from './collect.ts';
import { GUIDE_PROCEDURES, type ProcedureTitle } from '../../../views/components/console/guide.ts';

/** The page that `npm run docs` writes. */
export const PROCEDURES_PAGE = fileURLToPath(new URL('../../../docs/procedures.md', import.meta.url));

const HEAD = `# The procedures of the guide

“The guide” is the AWS Single Sign-On User Guide, in the edition of 4 August 2021; page numbers are those of its PDF. This page lists its
procedures that can be followed here step by step, in a browser. A test follows the steps of each, and then checks what the end user meets:
the sign-in, the portal, and the assertion that an application receives.

\`{i}\` stands for the instance: its directory id, or its alias (\`demo\` in the demonstration).
\`npm run docs\` writes this page from the tests.
`;

/** The text of docs/procedures.md. */
export async function proceduresPage(declared: readonly Declared[]): Promise<string> {
  // Sections rather than a table, in which each new row could change all others.
  const sections = Object.entries(GUIDE_PROCEDURES).flatMap(([title, { heading, page }]) => {
    const found = declared.find((each) => each.title === title);
    if (!found) return [];
    const lines = [
      `“${heading}”, page ${page}.`,
      `Here: ${found.where}.`,
      `What differs: ${found.differs ?? 'nothing; the steps work as they are written.'}`,
      `Test: [${found.file}](../${found.file})`,
    ];
    return [`## ${title}`, lines.map((line) => `- ${line}`).join('\n')];
  });
  const options = await resolveConfig(PROCEDURES_PAGE);
  return format([HEAD, ...sections].join('\n\n'), { ...options, parser: 'markdown' });
}

/** The titles without a test, in the guide's order. */
export function missingProcedures(declared: readonly Declared[]): string[] {
  const titles = new Set<ProcedureTitle>(declared.map(({ title }) => title));
  return Object.keys(GUIDE_PROCEDURES).filter((title) => !(titles as ReadonlySet<string>).has(title));
}
