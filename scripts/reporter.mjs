/**
 * The mocha reporter of `npm test`: a line for every top-level suite as it ends, failures at once and again in full at
 * the end, and the counts in a file (`--reporter-option result=FILE`), also when the process dies half-way.
 */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { Base } = Mocha.reporters;

export default class SuiteLines extends Base {
  constructor(runner, options) {
    super(runner, options);
    const result = { passed: 0, failed: 0, skipped: 0, complete: false };
    let suite;

    runner.on('suite', (started) => {
      if (started.parent?.root)
        suite = { title: started.title, passed: 0, failed: 0, skipped: 0, at: performance.now() };
    });
    const count = (kind) => {
      result[kind] += 1;
      if (suite) suite[kind] += 1;
    };
    runner.on('test', (test) => (result.running = test.fullTitle()));
    runner.on('test end', () => delete result.running);
    runner.on('pass', () => count('passed'));
    runner.on('pending', () => count('skipped'));
    runner.on('fail', (test, error) => {
      count('failed');
      console.log(`✖ ${test.fullTitle()}: ${String(error?.message ?? error).split('\n')[0]}`);
    });
    runner.on('suite end', (ended) => {
      if (!ended.parent?.root || !suite) return;
      const more = `${suite.failed ? `, ${suite.failed} failed` : ''}${suite.skipped ? `, ${suite.skipped} skipped` : ''}`;
      const mark = suite.failed ? '✖' : '✔';
      console.log(
        `${mark} ${suite.title}: ${suite.passed} passed${more} (${Math.round(performance.now() - suite.at)} ms)`,
      );
      suite = undefined;
    });
    runner.once('end', () => {
      result.complete = true;
      if (result.failed > 0) this.epilogue();
    });
    // Stopped by the time limit: end as at any exit, so that what tests registered for it (databases) is cleared away.
    process.once('SIGTERM', () => process.exit(143));
    process.once('exit', () => {
      const file = options.reporterOption?.result ?? options.reporterOptions?.result;
      if (file) writeFileSync(file, JSON.stringify(result));
    });
  }
}
