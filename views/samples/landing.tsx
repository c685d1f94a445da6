import type { ComponentChildren } from 'preact';
import { Icon } from '../components/icon.tsx';
import { type SampleBrand, SampleLayout } from '../layouts/sample-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

export interface SampleLandingPageProps {
  page: PageContext;
  sample: SampleBrand;
  /** What the product pretends to be and what to try, in a sentence or two. */
  about: string;
  /** Starts a sign-on with an AuthnRequest over HTTP-Redirect. */
  redirectHref: string;
  /** Starts a sign-on with an AuthnRequest over HTTP-POST. */
  postHref: string;
  /** The portal, where a sign-on starts without a request. */
  portalHref: string;
  /** The sample's EntityID and AssertionConsumerService. */
  entityId: string;
  acsUrl: string;
}

/** The sample's landing page, with three ways to sign in. */
export function SampleLandingPage(props: SampleLandingPageProps) {
  const { page, sample, about, redirectHref, postHref, portalHref, entityId, acsUrl } = props;
  return (
    <SampleLayout page={page} title="Welcome" sample={sample}>
      <section class="v-sample-hero">
        <h1>{sample.tagline}</h1>
        <p>{about}</p>
        <a class="btn btn-lg v-sample-cta" href={redirectHref}>
          Sign in with Vestibule
          <Icon name="arrow-right" class="v-icon-after" />
        </a>
      </section>
      <section class="v-sample-content">
        <h2>Three ways in</h2>
        <ul class="v-ways">
          <Way title="Start here, HTTP-Redirect" href={redirectHref} action="Sign in by redirect">
            <Named text={sample.name} /> asks who you are with an AuthnRequest in the address of a redirect.
          </Way>
          <Way title="Start here, HTTP-POST" href={postHref} action="Sign in by POST">
            The same question in a form that posts itself, as larger requests need.
          </Way>
          <Way title="Start at the portal" href={portalHref} action="Open the portal">
            Choose the tile of <Named text={sample.name} /> in the portal: the response comes without a
            request.
          </Way>
        </ul>
        <h2>What Vestibule knows about it</h2>
        <dl class="v-facts v-panel">
          <div>
            <dt>EntityID</dt>
            <dd>
              <code class="v-wire">{entityId}</code>
            </dd>
          </div>
          <div>
            <dt>AssertionConsumerService</dt>
            <dd>
              <code class="v-wire">{acsUrl}</code>
            </dd>
          </div>
        </dl>
      </section>
    </SampleLayout>
  );
}

function Way(props: { title: string; href: string; action: string; children: ComponentChildren }) {
  return (
    <li class="v-panel">
      <h3>{props.title}</h3>
      <p>{props.children}</p>
      <a href={props.href}>
        {props.action}
        <Icon name="arrow-right" class="v-icon-after" />
      </a>
    </li>
  );
}
