import assert from 'node:assert/strict';
import { renderPage } from '../../../src/foundation/http/render.ts';
import { DeliveryPage } from '../../../views/idp/delivery.tsx';
import type { PageContext } from '../../../views/page-context.tsx';
import { IdentifyPage } from '../../../views/signin/identify.tsx';
import { PasswordPage } from '../../../views/signin/password.tsx';

const page: PageContext = { nonce: 'n', assets: (name) => `/assets/${name}` };
const form = { page, action: '/signin/1', csrf: 'token' };
const change = { kind: 'link', href: '/start' } as const;

/** The tag of the field with this id. */
const field = (html: string, id: string) => new RegExp(`<input id="${id}"[^>]*>`).exec(html)?.[0] ?? '';

describe('sign-in pages', () => {
  it('ask for the user name as password managers expect', () => {
    const html = field(renderPage(<IdentifyPage {...form} username="ana" />), 'username');
    assert.match(html, /name="username"/);
    assert.match(html, /autocomplete="username"/);
    assert.match(html, /value="ana"/);
    assert.match(html, /autofocus/);
    assert.ok(!html.includes('aria-invalid'));
  });

  it('ask for the password with the user name beside it, and never fill it in', () => {
    const html = renderPage(<PasswordPage {...form} username="ana" change={change} />);
    assert.match(field(html, 'password'), /type="password"[^>]*autocomplete="current-password"/);
    assert.ok(!field(html, 'password').includes('value='));
    assert.match(html, /name="username" value="ana" autocomplete="username" readonly/);
  });

  it('connect the error to its field, aloud, in the summary and in the title', () => {
    const html = renderPage(<PasswordPage {...form} username="ana" change={change} error="It is wrong." />);
    assert.match(field(html, 'password'), /aria-invalid="true" aria-describedby="trouble"/);
    assert.match(html, /id="trouble"><div[^>]*role="alert"[^>]*tabindex="-1"/);
    assert.match(html, /<a href="#password">It is wrong\.<\/a>/);
    assert.match(html, /<title>Error: /);
    const identify = renderPage(<IdentifyPage {...form} error="It is missing." />);
    assert.match(field(identify, 'username'), /aria-invalid="true" aria-describedby="trouble"/);
  });

  it('say how long to wait instead of what was wrong', () => {
    const html = renderPage(
      <PasswordPage
        {...form}
        username="ana"
        change={change}
        error="Wrong."
        throttled={{ retryAfterText: '30 seconds' }}
      />,
    );
    assert.match(html, /Try again in|try again in/);
    assert.match(html, /<strong>30 seconds<\/strong>/);
    assert.ok(!html.includes('Wrong.'));
  });

  it('let another person start over by a link or by a form with a token', () => {
    assert.match(
      renderPage(<PasswordPage {...form} username="ana" change={change} />),
      /<a href="\/start">Change/,
    );
    const html = renderPage(
      <PasswordPage {...form} username="ana" change={{ kind: 'form', action: '/again' }} />,
    );
    assert.match(html, /action="\/again"><input type="hidden" name="csrf" value="token"/);
  });
});

describe('delivery', () => {
  const delivery = { page, applicationName: 'Wiki', acsUrl: 'https://sp.example/acs', samlResponse: 'abc=' };

  it('posts SAMLResponse and has a button for browsers without scripts', () => {
    const html = renderPage(<DeliveryPage {...delivery} />);
    assert.match(html, /<form method="post" action="https:\/\/sp\.example\/acs"/);
    assert.match(html, /name="SAMLResponse" value="abc="/);
    assert.match(html, /<button type="submit"[^>]*>Continue to <bdi[^>]*>Wiki<\/bdi><\/button>/);
    assert.match(html, /src="\/assets\/deliver\.js" nonce="n"/);
  });

  it('passes RelayState unchanged, including an empty one, and leaves out a missing one', () => {
    assert.ok(!renderPage(<DeliveryPage {...delivery} />).includes('RelayState'));
    assert.match(renderPage(<DeliveryPage {...delivery} relayState="" />), /name="RelayState" value/);
    assert.match(
      renderPage(<DeliveryPage {...delivery} relayState={'/a?b=c&d="e" '} />),
      /value="\/a\?b=c&amp;d=&quot;e&quot; "/,
    );
  });
});
