import assert from 'node:assert/strict';
import { riskyCharacters, shellBlocks } from '../../support/docs/shell-blocks.ts';

describe('the shell commands of the documentation', () => {
  it('are found', () => {
    const blocks = shellBlocks();
    assert.ok(blocks.length > 15);
    assert.ok(blocks.some(({ page, notRun }) => page === 'README.md' && notRun !== undefined));
  });

  it('mean the same in bash and in zsh', () => {
    const risky = shellBlocks()
      .map((block) => ({ block, found: riskyCharacters(block.commands) }))
      .filter(({ found }) => found.length > 0)
      .map(({ block: { page, line }, found }) => `${page}:${line}: ${found.join(' ')}`);
    assert.deepEqual(risky, []);
  });

  for (const [commands, expected] of [
    ['curl $API/users?limit=2', ['?']],
    ['curl "$API/users?limit=2"', []],
    ["curl '*[?'", []],
    ['npm start # serves', ['#']],
    ['# a comment', ['#']],
    ['curl http://a/#b', []],
    ['echo "Welcome!"', ['!']],
    ["echo 'Welcome!'", []],
    ['echo \\? "\\"?"', []],
  ] as const) {
    it(`are judged: ${commands}`, () => {
      assert.deepEqual(riskyCharacters(commands), expected);
    });
  }
});
