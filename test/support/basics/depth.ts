/**
 * `npm test` is a sample that has a test for each kind of fault; `npm run conformance` goes into depth. What only the
 * latter runs is marked in its title, by which scripts/test.mjs chooses. `npx mocha <file>` runs all tests of a file.
 */
const MARK = '[conformance]';

/** The title of a test, or of a suite, that only `npm run conformance` runs. */
export const inConformance = (title: string): string => `${title} ${MARK}`;

/** The title of one of many similar tests: `npm test` runs those of the sample, `npm run conformance` the others. */
export const sampled = (isInSample: boolean, title: string): string =>
  isInSample ? title : inConformance(title);

/**
 * A test of random or of many inputs: `npm test` runs it over some of them, `npm run conformance` as well over many.
 * `count` is the number of runs, or whatever else the test counts its depth in.
 */
export function itAtTwoDepths(
  title: string,
  { sample, full }: Readonly<Record<'sample' | 'full', number>>,
  test: (context: Mocha.Context, count: number) => Promise<void> | void,
): void {
  for (const [each, count] of [
    [title, sample],
    [inConformance(title), full],
  ] as const) {
    it(each, function () {
      return test(this, count);
    });
  }
}

/** Whether this is `npm run conformance`, where random tests run longer. */
export const isFull = process.env['CONFORMANCE'] === 'full';
