import assert from 'node:assert/strict';
import { formatInstant, parseInstant } from '../../../../../src/protocols/saml/xml/instant.ts';

describe('instants in messages', () => {
  const zone = process.env['TZ'];
  before(() => (process.env['TZ'] = 'America/New_York'));
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('are written in UTC with milliseconds, whatever the server’s time zone', () => {
    assert.equal(formatInstant(Date.UTC(2026, 0, 2, 3, 4, 5, 6)), '2026-01-02T03:04:05.006Z');
  });

  it('are read as UTC without a zone, whatever the server’s time zone', () => {
    assert.equal(parseInstant('2026-01-02T03:04:05'), Date.UTC(2026, 0, 2, 3, 4, 5));
    assert.equal(parseInstant(' 2026-01-02T03:04:05+01:00 '), Date.UTC(2026, 0, 2, 2, 4, 5));
  });

  for (const text of [
    '',
    'now',
    '2026-01-02',
    '2026-13-02T03:04:05Z',
    '20260102T030405Z',
    '2026-01-02T03:04:05 GMT',
  ]) {
    it(`are not read from ${JSON.stringify(text)}`, () => assert.equal(parseInstant(text), undefined));
  }
});
