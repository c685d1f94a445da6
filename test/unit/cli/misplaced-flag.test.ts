import assert from 'node:assert/strict';
import { Command } from 'commander';
import { findMisplacedFlag } from '../../../src/cli/misplaced-flag.ts';

const program = new Command('vestibule').version('1.0.0', '-v, --version');
program.command('serve').option('--port <port>').option('--data <folder>');
program.command('apply').option('--data <folder>');

describe('a command line that begins with a flag', () => {
  for (const [line, expected] of [
    [['--port', '9000'], '--port follows its command: vestibule serve --port'],
    [['--port=9000'], '--port follows its command: vestibule serve --port'],
    [
      ['--data', 'x', 'serve'],
      '--data follows its command: vestibule serve --data, or vestibule apply --data',
    ],
    [['--version'], undefined],
    [['-v'], undefined],
    [['-h'], undefined],
    [['--nonsense'], undefined],
    [['serve', '--port', '9000'], undefined],
    [[], undefined],
  ] as const) {
    it(`${line.join(' ') || 'nothing'}: ${expected ?? 'is left to the parser'}`, () => {
      assert.equal(findMisplacedFlag(program, line), expected);
    });
  }
});
