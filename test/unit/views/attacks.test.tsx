import assert from 'node:assert/strict';
import { renderPage } from '../../../src/foundation/http/render.ts';
import { ErrorPage } from '../../../views/errors/error-page.tsx';
import { DeliveryPage } from '../../../views/idp/delivery.tsx';
import { LeavingPage } from '../../../views/idp/leaving.tsx';
import type { PageContext } from '../../../views/page-context.tsx';
import { PortalHomePage } from '../../../views/portal/home.tsx';
import { SampleRefusedPage } from '../../../views/samples/refused.tsx';
import { IdentifyPage } from '../../../views/signin/identify.tsx';

const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;
const page: PageContext = {
  nonce: 'n',
  assets: (name) => `/assets/${name}`,
  instanceName: attack,
};
const account = {
  user: { displayName: attack, userName: attack, email: attack },
  signOutAction: '/out',
  csrf: attack,
};

function assertHarmless(html: string): void {
  assert.ok(!html.includes('<script>alert'), 'a script of the attacker');
  assert.ok(!html.includes('<img'), 'an element of the attacker');
  assert.ok(!/(?<!=)"'>/.test(html), 'an attribute was left early');
}

describe('attack: markup in data', () => {
  it('in a user name, the organization and the error message', () => {
    assertHarmless(
      renderPage(
        <IdentifyPage
          page={page}
          action="/x"
          csrf={attack}
          username={attack}
          error={attack}
          applicationName={attack}
        />,
      ),
    );
  });

  it('in applications and the searched text', () => {
    const tile = { id: attack, name: attack, description: attack, icon: attack, href: '/go' };
    assertHarmless(
      renderPage(
        <PortalHomePage
          page={page}
          account={account}
          homeHref="/home"
          applications={[tile]}
          query={attack}
        />,
      ),
    );
  });

  it('in RelayState and the response', () => {
    assertHarmless(
      renderPage(
        <DeliveryPage
          page={page}
          applicationName={attack}
          acsUrl="https://sp.example/acs"
          samlResponse={attack}
          relayState={attack}
        />,
      ),
    );
  });

  it('in the XML that a sample shows, whether or not it is XML', () => {
    const sample = { name: attack, tagline: attack, accent: 'rust', homeHref: '/s' } as const;
    for (const xml of [`<a b="${attack}">${attack}</a>`, `<a>${attack}`, `<${attack}`]) {
      assertHarmless(
        renderPage(
          <SampleRefusedPage
            page={page}
            sample={sample}
            reason={attack}
            received={{ xml, whole: true }}
            retryHref="/s"
          />,
        ),
      );
    }
  });
});

describe('attack: a script for an address', () => {
  const script = 'java\nscript:alert(1)';

  it('as the AssertionConsumerService', () => {
    const html = renderPage(
      <DeliveryPage page={page} applicationName="A" acsUrl={script} samlResponse="x" />,
    );
    assert.match(html, /<form method="post" action="#"/);
  });

  it('as the address to leave for', () => {
    assert.match(
      renderPage(<LeavingPage page={page} applicationName="A" href={script} />),
      /href="#"[^>]*data-leave/,
    );
  });

  it('as a link of an error and as a tile', () => {
    const error = (
      <ErrorPage
        page={page}
        status={400}
        title="T"
        message="M"
        requestId="r"
        links={[{ label: 'L', href: script }]}
      />
    );
    assert.ok(!renderPage(error).includes('alert'.concat('(1)"')));
    const home = (
      <PortalHomePage
        page={{ ...page, instanceName: 'E' }}
        account={{ ...account, user: { displayName: 'A', userName: 'a' }, csrf: 'c' }}
        homeHref="/home"
        applications={[{ id: '1', name: 'A', href: script }]}
        query=""
      />
    );
    assert.match(renderPage(home), /class="v-tile" href="#"/);
  });
});
