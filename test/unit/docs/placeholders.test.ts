import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(import.meta.dirname, '../../../docs');

describe('the short forms of the documentation', () => {
  for (const name of readdirSync(DOCS).filter((each) => each.endsWith('.md'))) {
    const text = readFileSync(join(DOCS, name), 'utf8');
    // In code spans of one letter: other braces are named after what they stand for.
    const used = new Set(text.match(/\{[a-z]\}/g));
    if (used.size === 0) continue;

    it(`${name} says what ${[...used].join(' and ')} stands for`, () => {
      for (const form of used) {
        assert.match(text, new RegExp(`\`\\${form.slice(0, -1)}\\}\`\\s+(stands )?for\\s`), form);
      }
    });
  }
});
