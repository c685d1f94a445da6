import assert from 'node:assert/strict';
import { renderPage } from '../../../src/foundation/http/render.ts';
import type { PageContext } from '../../../views/page-context.tsx';
import { pageSamples } from '../../support/pages/page-samples.ts';
import { developerPages } from '../../support/pages/samples/developers.tsx';

const page: PageContext = {
  nonce: 'the-nonce',
  assets: (name) => `/assets/${name}`,
  instanceName: 'Example Corp',
};

const all = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map((match) => match[1] ?? match[0]);

describe('every page', () => {
  for (const [name, make] of Object.entries({ ...pageSamples, ...developerPages })) {
    describe(name, () => {
      const html = renderPage(make(page));

      it('is a whole document with a language, a title, one main part and one first heading', () => {
        assert.match(html, /^<!doctype html><html lang="en"/);
        assert.match(html, /<title>[^<]+ · Vestibule<\/title>/);
        assert.equal(all(html, /<main\b/g).length, 1);
        assert.equal(all(html, /<h1\b/g).length, 1);
      });

      it('begins with a link that skips the header', () => {
        assert.match(html, /<body[^>]*><a class="v-skip" href="#main">/);
      });

      it('has nothing that the Content-Security-Policy refuses', () => {
        assert.deepEqual(all(html, /<[^>]+\s(style|on\w+)=/g), []);
        // The only style sheet in a page is the accent's, which has this response's nonce.
        assert.deepEqual(all(html, /<style\b(?! nonce="the-nonce">:root\{--v-)|javascript:/g), []);
        for (const tag of all(html, /<script\b[^>]*>|<link rel="stylesheet"[^>]*>/g)) {
          assert.match(tag, /nonce="the-nonce"/);
          assert.match(tag, /(src|href)="\/assets\//);
        }
      });

      it('fetches nothing from other servers', () => {
        assert.deepEqual(
          all(html, /<(?:script|link|img|use)\b[^>]*(?:src|href)="(?!\/assets\/|data:image\/)[^"]*"/g),
          [],
        );
        // A frame is a page of ours, and never without limits.
        assert.deepEqual(all(html, /<iframe\b(?![^>]* src="\/\w[^"]*" sandbox="[a-z -]*")[^>]*/g), []);
      });

      it('uses each id once', () => {
        const ids = all(html, /\sid="([^"]*)"/g);
        assert.deepEqual(ids, [...new Set(ids)]);
      });

      it('names every field that a person fills in', () => {
        const fields = all(html, /<input(?![^>]*type="hidden")(?![^>]*aria-hidden)[^>]*\sid="([^"]*)"/g);
        for (const id of fields) assert.ok(html.includes(`for="${id}"`), `no label for ${id}`);
      });

      it('has the token in every form that is posted to us', () => {
        // SAML messages are posted to another party, which has tokens of its own.
        for (const form of all(html, /<form method="post"(?![^>]*data-(?:deliver|send))[\s\S]*?<\/form>/g)) {
          assert.match(form, /<input type="hidden" name="csrf" value="csrf-token"/);
        }
      });

      it('shows a request id only if it is about an error, and once', () => {
        assert.equal(all(html, /req-1/g).length, /^(error|not-found)/.test(name) ? 1 : 0);
        assert.doesNotMatch(html, /<footer[\s\S]*Request/);
      });
    });
  }
});
