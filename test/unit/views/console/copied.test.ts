import assert from 'node:assert/strict';
import { renderPage } from '../../../../src/foundation/http/render.ts';
import type { PageContext } from '../../../../views/page-context.tsx';
import { pageSamples } from '../../../support/pages/page-samples.ts';

const page: PageContext = { nonce: 'n', assets: (name) => name, instanceName: 'Example Corp' };

/** URLs, ARNs, UUIDs, the ids of AWS and account numbers. */
const COPIED = /^https?:\/\/|^arn:|\b[\da-f]{8}-[\da-f]{4}-|^(?:d|o|ins|ssoins)-[\da-f]{8,}|^\d{12}$/;

/** A review shows what was typed, an exchange is copied with its documents, and the sheet of a class is printed. */
const WITHOUT = /^console-(?:application-review$|exchange|classroom-sheet$)/;

const all = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map((match) => match[1] ?? '');

/** Without tags and places for line breaks. */
const textOf = (html: string): string => html.replaceAll(/<wbr ?\/?>/g, '').replaceAll(/<[^>]+>/g, ' ');

describe('the facts on the pages of the console', () => {
  for (const [name, make] of Object.entries(pageSamples)) {
    const html = renderPage(make(page));
    if (!html.includes('v-look-console') || WITHOUT.test(name)) continue;
    it(`${name}: can be copied when they are a URL or an id`, () => {
      const copied = new Set(all(html, /data-copy="([^"]*)"/g));
      const words = all(html, /<dd[^>]*>([\s\S]*?)<\/dd>/g).flatMap((fact) => textOf(fact).split(/\s+/));
      assert.deepEqual(
        words.filter((word) => COPIED.test(word) && !copied.has(word)),
        [],
      );
    });
  }
});
