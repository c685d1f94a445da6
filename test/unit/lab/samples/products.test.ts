import assert from 'node:assert/strict';
import type { ReceivedAssertion } from '../../../../src/protocols/saml/read-assertion.ts';
import { personOf } from '../../../../src/lab/samples/person.ts';
import type { Product, ProductPage } from '../../../../src/lab/samples/products/product.ts';
import { SAMPLES } from '../../../../src/lab/samples/samples.ts';

const assertion = (attributes: Record<string, string[]>, subject = 'a-1'): ReceivedAssertion => ({
  ...{ id: '_1', issuer: 'idp', confirmations: [], session: null },
  nameId: { value: subject, format: null },
  conditions: { notBefore: null, notOnOrAfter: null, audiences: [] },
  attributes: Object.entries(attributes).map(([name, values]) => ({ name, values, nameFormat: null })),
});

const pagesFor = (product: Product, hasRole: boolean): readonly ProductPage[] =>
  product.pages({
    ...{ name: 'Zoë Quill', email: 'zoe@sp.test', groups: [], hasRole },
    day: (days) => `day ${String(days)}`,
    hrefOf: (path) => `/pages/${path}`,
  });

/** The addresses of other pages in a value of any shape. */
const hrefsIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"href":"([^"]*)"/g)].map(([, href = '']) => href);

describe('the products of the samples', () => {
  for (const product of SAMPLES) {
    it(`${product.name}: shows the user's name, and each page can be reached`, () => {
      for (const hasRole of [true, false]) {
        const pages = pagesFor(product, hasRole);
        assert.match(pages[0]?.title ?? '', /Zoë Quill/);
        const paths = pages.map(({ path }) => path);
        assert.equal(new Set(paths).size, paths.length, 'two pages have one address');
        const linked = hrefsIn(pages).map((href) => href.replace('/pages/', ''));
        assert.deepEqual(
          linked.filter((path) => !paths.includes(path)),
          [],
          'a link leads nowhere',
        );
        const hidden = pages.filter(({ path, tab }) => tab === undefined && !linked.includes(path));
        assert.deepEqual(hidden, [], 'a page that nothing leads to');
      }
    });

    if (product.role)
      it(`${product.name}: has a page only for a user with the role`, () => {
        const pathsOf = (hasRole: boolean) => pagesFor(product, hasRole).map(({ path }) => path);
        const others = new Set(pathsOf(false));
        assert.equal(pathsOf(true).filter((path) => !others.has(path)).length, 1);
      });
  }

  it('have different names and looks', () => {
    for (const key of ['name', 'displayName', 'accent'] as const) {
      assert.equal(new Set(SAMPLES.map((each) => each[key])).size, SAMPLES.length, key);
    }
  });
});

describe('the person of an assertion', () => {
  it('has the display name, else the parts of the name, else the NameID', () => {
    const names = { givenName: ['Ana'], familyName: ['Souza'] };
    assert.equal(personOf(assertion({ ...names, displayName: ['Ana S.'] })).name, 'Ana S.');
    assert.equal(personOf(assertion({ ...names, displayName: [''] })).name, 'Ana Souza');
    assert.equal(personOf(assertion({ givenName: ['Ana'] })).name, 'Ana');
    assert.equal(personOf(assertion({})).name, 'a-1');
  });

  it('has the email address of any of the usual attributes, else the NameID', () => {
    for (const name of ['email', 'mail', 'urn:oid:0.9.2342.19200300.100.1.3']) {
      assert.equal(personOf(assertion({ [name]: ['ana@sp.test'] })).email, 'ana@sp.test');
    }
    assert.equal(personOf(assertion({})).email, 'a-1');
  });

  it('has no value that fills the page', () => {
    const long = 'x'.repeat(100_000);
    const { name, email } = personOf(assertion({ displayName: [long] }, long));
    assert.ok(name.length < 120 && email.length < 120);
  });
});
