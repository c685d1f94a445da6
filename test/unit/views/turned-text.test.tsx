import assert from 'node:assert/strict';
import { isValidElement, type VNode } from 'preact';
import { renderPage } from '../../../src/foundation/http/render.ts';
import type { PageContext } from '../../../views/page-context.tsx';
import { ODD_TEXTS } from '../../support/console-forms/odd-texts.ts';
import { pageSamples } from '../../support/pages/page-samples.ts';

/** Turns the words after it, unless it is shown by its number; and words whose letters run to the left. */
const TURNED = `${ODD_TEXTS['a right-to-left override']} ${ODD_TEXTS['right-to-left words']}`;
/** Controls of direction (Unicode Standard Annex 9, section 2). */
const CONTROL = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/;
const TURNING = /[\u200E\u200F\u202A-\u202E\u2066-\u2069\p{Script=Arabic}]/u;

/** Properties of pages that people have typed. */
const TYPED =
  /^(?:displayName|userName|username|applicationNames?|deviceName|givenName|familyName|groupName|organization|query)$/;
/** What has a `name` that people have typed. */
const NAMED = /^(?:applications?|tiles?|sample|brand|account|person|devices?|groups?|users?|students?)$/;

const page: PageContext = {
  nonce: 'n',
  assets: (name) => `/assets/${name}`,
  instanceName: TURNED,
  brand: { name: TURNED, logo: null },
};

/** The page with odd text wherever a person’s text is given to it. */
function turned(value: unknown, key = '', parent = ''): unknown {
  const isTyped = TYPED.test(key) || (key === 'name' && NAMED.test(parent));
  if (typeof value === 'string') return isTyped ? `${value} ${TURNED}` : value;
  if (Array.isArray(value)) return value.map((each) => turned(each, key, parent));
  if (typeof value !== 'object' || value === null || isValidElement(value)) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, turned(each, name, key)]));
}

const turnedPage = ({ props, ...element }: VNode): VNode => ({ ...element, props: turned(props) }) as VNode; // the same element with other strings

/** What is shown in the direction of the page: neither isolated, nor in a box of its own, nor an attribute. */
const inDirectionOfPage = (html: string): string =>
  html
    .replace(/<(bdi|title|option|textarea|script|pre|code|svg)\b[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replace(/<(?:[^>"]|"[^"]*")+>/g, '\n');

/** Names for screen readers, titles of tabs, and tooltips: text to which elements can’t give a direction. */
const spoken = (html: string): string[] =>
  [...html.matchAll(/\s(?:aria-label|title|alt|placeholder)="([^"]*)"|<title>([^<]*)/g)].map(
    ([, attribute, title]) => attribute ?? title ?? '',
  );

describe('attack: a name that turns the words beside it', () => {
  for (const [name, make] of Object.entries(pageSamples)) {
    it(`is isolated in ${name}`, () => {
      const html = renderPage(turnedPage(make(page)));
      assert.deepEqual(
        inDirectionOfPage(html)
          .split('\n')
          .filter((text) => TURNING.test(text)),
        [],
      );
      assert.deepEqual(
        spoken(html).filter((text) => CONTROL.test(text)),
        [],
      );
    });
  }
});
