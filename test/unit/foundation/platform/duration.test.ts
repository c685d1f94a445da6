import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../src/foundation/platform/clock.ts';
import { durationBetween, durationMs, parseDuration } from '../../../../src/foundation/platform/duration.ts';

describe('durations', () => {
  const known: [string, number][] = [
    ['PT8H', 8 * HOUR_MS],
    ['P90D', 90 * DAY_MS],
    ['P1W', 7 * DAY_MS],
    ['PT0S', 0],
    ['P1DT2H3M4S', DAY_MS + 2 * HOUR_MS + 3 * MINUTE_MS + 4 * SECOND_MS],
    ['PT90M', 90 * MINUTE_MS],
  ];
  for (const [text, ms] of known) {
    it(`are read from ${text}`, () => assert.equal(parseDuration(text), ms));
  }

  for (const text of [
    '',
    'P',
    'PT',
    'P1DT',
    '8H',
    'PT8h',
    'P1M',
    'P1Y',
    'PT1.5H',
    '-PT1H',
    'PT1H\n',
    'PT1S1H',
    'P1W1D',
  ]) {
    it(`are not read from ${JSON.stringify(text)}`, () => assert.equal(parseDuration(text), undefined));
  }

  it('are limited to a range that includes both ends, and the error names the ends', () => {
    const schema = durationBetween('PT15M', 'P90D');
    for (const text of ['PT15M', 'P90D', 'PT900S', 'PT2160H']) {
      assert.equal(durationMs(schema.parse(text)), parseDuration(text));
    }
    for (const text of ['PT14M59S', 'P90DT1S', 'soon']) {
      assert.match(schema.safeParse(text).error?.message ?? '', /from PT15M to P90D, such as PT8H/);
    }
  });

  it('are explained by an example from the range', () => {
    for (const [least, most] of [
      ['PT0S', 'PT1H'],
      ['PT1M', 'P30D'],
      ['P1D', 'P365D'],
    ] as const) {
      const schema = durationBetween(least, most);
      const [, example = ''] = /such as (\w+)/.exec(schema.safeParse('soon').error?.message ?? '') ?? [];
      assert.equal(schema.parse(example), example);
    }
  });
});
