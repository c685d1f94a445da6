/**
 * `npm test` runs a sample that has a test for each kind of fault; `npm run conformance` also runs the tests that take
 * longer. The mark in the title of such a test is how scripts/test.mjs selects it. `npx mocha <file>` runs all tests of
 * a file.
 */
const MARK = '[conformance]';

/** Marks the title of a test or suite that only `npm run conformance` runs. */
export const inConformance = (title: string): string => `${title} ${MARK}`;

/** Titles one of many similar tests: `npm test` runs those in the sample, `npm run conformance` the others. */
export const sampled = (isInSample: boolean, title: string): string =>
  isInSample ? title : inConformance(title);

/**
 * A test of many inputs: `npm test` runs it with `sample`, `npm run conformance` also with `full`. `count` is the
 * number of runs, or another measure of how thorough the test is.
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

/** True in `npm run conformance`, where random tests run longer. */
export const isFull = process.env['CONFORMANCE'] === 'full';
