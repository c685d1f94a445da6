import assert from 'node:assert/strict';
import { counted, durationWords, grouped } from '../../../views/words.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a number with its noun', () => {
  for (const [count, noun, expected] of [
    [0, 'application', '0 applications'],
    [1, 'application', '1 application'],
    [2, 'application', '2 applications'],
  ] as const)
    it(expected, () => assert.equal(counted(count, noun), expected));

  it('takes an irregular plural', () => assert.equal(counted(2, 'entry', 'entries'), '2 entries'));
});

describe('a number alone', () => {
  it('has commas between its thousands', () =>
    assert.deepEqual([0, 999, 1000, 1_234_567].map(grouped), ['0', '999', '1,000', '1,234,567']));
});

describe('a duration in words', () => {
  for (const [expected, ...durations] of [
    ['0 seconds', -DAY, 0, 499],
    ['1 second', SECOND, 600, 1400],
    ['59 seconds', 59 * SECOND],
    ['1 minute', MINUTE, 59.6 * SECOND],
    ['1 minute 30 seconds', 90 * SECOND],
    ['5 minutes', 5 * MINUTE],
    ['59 minutes', 59 * MINUTE + 20 * SECOND],
    ['1 hour', HOUR, HOUR - 300, HOUR + 30 * SECOND],
    ['1 hour 30 minutes', 90 * MINUTE],
    ['8 hours', 8 * HOUR, 8 * HOUR - SECOND],
    ['9 hours 30 minutes', 9.5 * HOUR],
    ['12 hours', 12.4 * HOUR],
    ['1 day', DAY, DAY - SECOND],
    ['1 day 5 hours', 29 * HOUR],
    ['3 days', 3 * DAY, 3 * DAY - HOUR],
    ['20 days', 20 * DAY + 5 * HOUR],
    ['90 days', 90 * DAY],
    ['4 months', 120 * DAY],
    ['11 months', 335 * DAY],
    ['1 year', 365 * DAY, 366 * DAY],
    ['1 year 11 months', 700 * DAY],
    ['5 years 11 months', 2150 * DAY],
    ['5 years', 1825 * DAY, 1825 * DAY - SECOND, 1826 * DAY],
    ['20 years', 20 * 365 * DAY + 5 * DAY],
  ] as const)
    it(expected, () => {
      for (const ms of durations) assert.equal(durationWords(ms), expected, String(ms));
    });
});
