import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { OPERATIONS } from '../../../src/domain/audit/operations.ts';

describe('the page about events', () => {
  it('names every operation', () => {
    const page = readFileSync('docs/events.md', 'utf8');
    const missing = Object.keys(OPERATIONS).filter((operation) => !page.includes(`\`${operation}\``));
    assert.deepEqual(missing, []);
  });
});
