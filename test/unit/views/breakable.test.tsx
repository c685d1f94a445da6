import assert from 'node:assert/strict';
import { renderToString } from 'preact-render-to-string';
import { Breakable } from '../../../views/components/breakable.tsx';

describe('a long name', () => {
  for (const parts of [
    ['ana', '@example', '.com'],
    ['first', '.last', '@department', '.example', '.com'],
    ['https://', 'sso', '.example', '.com/', 'saml/', 'acs', '?tab=2', '&to=ana', '@example', '.com'],
    ['urn:', 'oasis:', 'names:', 'tc:', 'SAML:2', '.0:', 'assertion'],
    ['4F:', '9A:', 'C2'],
    ['2026-11-30T20:03:49.257Z'],
    ['Made 5 May 2026, 14:00 UTC'],
    ['plain-name'],
    ['The end.'],
  ])
    it(`can break as in ${parts.join(' ')}, and keeps its text`, () => {
      const html = renderToString(<Breakable text={parts.join('')} />);
      assert.deepEqual(html.replaceAll('&amp;', '&').split(/<wbr ?\/?>/), parts);
    });
});
