/**
 * The mocha reporter of `npm test`. It prints a line when a top-level suite ends, a line for each failure, and the
 * failures in full at the end. It writes the counts to a file (`--reporter-option result=FILE`), even when the
 * process dies early.
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
    // After the time limit, exit normally, so that the tests' exit handlers run (they delete databases).
    process.once('SIGTERM', () => process.exit(143));
    process.once('exit', () => {
      const file = options.reporterOption?.result ?? options.reporterOptions?.result;
      if (file) writeFileSync(file, JSON.stringify(result));
    });
  }
}
