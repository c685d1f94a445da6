import type { SampleAccount, SampleBrand } from '../../../views/layouts/sample-layout.tsx';
import { SampleRequestPage } from '../../../views/samples/request.tsx';
import { SampleLandingPage } from '../../../views/samples/landing.tsx';
import { SampleProductPage } from '../../../views/samples/product.tsx';
import { SampleReceivedPage } from '../../../views/samples/received.tsx';
import { SampleRefusedPage } from '../../../views/samples/refused.tsx';
import { SampleSetupPage } from '../../../views/samples/setup.tsx';
import { excerpt } from '../../foundation/platform/excerpt.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import { DAY_MS } from '../../foundation/platform/clock.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import { personOf } from './person.ts';
import type { ProductPage, ProductUser } from './products/product.ts';
import type { SampleNeeds, SampleVisit } from './sample-visit.ts';
import type { SampleSession } from './store.ts';
import type { Refused } from './verify-response.ts';

type Shown = Pick<SampleNeeds, 'show'>;

/** The look of the sample. */
export const brandOf = ({ sample, addresses }: SampleVisit): SampleBrand => ({
  name: sample.displayName,
  tagline: sample.tagline,
  accent: sample.accent,
  homeHref: addresses.homePath,
});

// The samples link to the portal, as any product's help page could, but know nothing of its session.
const portalOf = ({ visit }: SampleVisit) => `/${visit.reference}/start`;

/** Shows the three ways to sign in. */
export function showLanding({ show }: Shown, ctx: Ctx, sampleVisit: SampleVisit): void {
  const { addresses, sample } = sampleVisit;
  show(ctx, sampleVisit.visit, (page) => (
    <SampleLandingPage
      page={page}
      sample={brandOf(sampleVisit)}
      about={sample.about}
      redirectHref={`${addresses.homePath}/signin?binding=redirect`}
      postHref={`${addresses.homePath}/signin?binding=post`}
      portalHref={portalOf(sampleVisit)}
      entityId={addresses.entityId}
      acsUrl={addresses.acsUrl}
    />
  ));
}

/** Shows how to add an application for the sample, since none has it as its service provider. */
export function showSetup({ show }: Shown, ctx: Ctx, sampleVisit: SampleVisit): void {
  const { name, displayName } = sampleVisit.sample;
  const organizationFile = [
    'applications:',
    `  - key: ${name}`,
    `    displayName: ${displayName}`,
    `    serviceProvider: {sample: ${name}}`,
    '    assignments: {users: [], groups: []}    # who may use it',
  ].join('\n');
  show(ctx, sampleVisit.visit, (page) => (
    <SampleSetupPage
      page={page}
      sample={brandOf(sampleVisit)}
      organizationFile={organizationFile}
      portalHref={portalOf(sampleVisit)}
    />
  ));
}

/** Shows the page that sends a request by HTTP-POST. */
export function showRequest(
  { show }: Shown,
  ctx: Ctx,
  sampleVisit: SampleVisit,
  message: { ssoUrl: string; samlRequest: string; relayState: string },
): void {
  show(ctx, sampleVisit.visit, (page) => (
    <SampleRequestPage page={page} sample={brandOf(sampleVisit)} {...message} />
  ));
}

/** In characters: anyone can post a megabyte of XML, which would be shown with markup and once more for copying. */
const MAX_SHOWN = 64 * 1024;

/** Shows why a response was refused. The reasons can quote the response, so they are shortened too. */
export function showRefused(
  { show }: Shown,
  ctx: Ctx,
  sampleVisit: SampleVisit,
  { reason, detail, xml }: Omit<Refused, 'ok'>,
): void {
  ctx.status = 400;
  const received =
    xml === undefined ? undefined : { xml: excerpt(xml, MAX_SHOWN), whole: xml.length <= MAX_SHOWN };
  show(ctx, sampleVisit.visit, (page) => (
    <SampleRefusedPage
      page={page}
      sample={brandOf(sampleVisit)}
      reason={excerpt(reason, 500)}
      detail={detail === undefined ? undefined : excerpt(detail, 500)}
      received={received}
      retryHref={sampleVisit.addresses.homePath}
    />
  ));
}

/** A signed-in user's session, and the token of the form that ends it. */
export interface SignedIn {
  readonly session: SampleSession;
  readonly csrf: string;
}

/** Shows a page of the product: the one with this path, or else the first. Throws for an unknown path. */
export function showProduct(
  { show }: Shown,
  ctx: Ctx,
  sampleVisit: SampleVisit,
  signedIn: SignedIn,
  path?: string,
): void {
  const user = userOf(sampleVisit, signedIn.session);
  const pages = sampleVisit.sample.pages(user);
  const found = path === undefined ? pages[0] : pages.find((each) => each.path === path);
  if (!found) throw notFound(`A page called “${path ?? ''}”`);
  const account = accountOf(sampleVisit, signedIn, user, { pages, currentHref: user.hrefOf(found.path) });
  show(ctx, sampleVisit.visit, (page) => (
    <SampleProductPage {...found} page={page} sample={brandOf(sampleVisit)} account={account} />
  ));
}

/** Shows every value of the verified assertion. */
export function showReceived({ show }: Shown, ctx: Ctx, sampleVisit: SampleVisit, signedIn: SignedIn): void {
  const { assertion, asked, relayState, xml, verifications } = signedIn.session;
  const { issuer, conditions, attributes } = assertion;
  const account = accountAt(sampleVisit, signedIn, sampleVisit.addresses.receivedPath);
  show(ctx, sampleVisit.visit, (page) => (
    <SampleReceivedPage
      page={page}
      sample={brandOf(sampleVisit)}
      account={account}
      nameId={assertion.nameId ?? { value: '', format: null }}
      attributes={attributes}
      conditions={conditions}
      session={
        assertion.session ?? {
          sessionIndex: null,
          authnInstant: null,
          authnContextClassRef: null,
        }
      }
      issuer={issuer}
      inResponseTo={asked?.id ?? null}
      relayState={relayState}
      binding={asked?.binding === 'redirect' ? 'HTTP-Redirect' : 'HTTP-POST'}
      initiatedBy={asked ? 'service-provider' : 'identity-provider'}
      verifications={verifications}
      xml={xml}
      portalHref={portalOf(sampleVisit)}
    />
  ));
}

function userOf({ sample, addresses, visit }: SampleVisit, { assertion }: SampleSession): ProductUser {
  const person = personOf(assertion);
  const { policyAt } = visit.times;
  return {
    ...person,
    hasRole: sample.role?.groups.some((group) => person.groups.includes(group)) ?? false,
    day: (days) => DAY.format(policyAt + days * DAY_MS),
    hrefOf: (path) => `${addresses.homePath}/pages/${path}`,
  };
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** What the frame shows on a page that isn't one of the product's. */
export function accountAt(sampleVisit: SampleVisit, signedIn: SignedIn, currentHref: string): SampleAccount {
  const user = userOf(sampleVisit, signedIn.session);
  return accountOf(sampleVisit, signedIn, user, { pages: sampleVisit.sample.pages(user), currentHref });
}

function accountOf(
  { sample, addresses }: SampleVisit,
  { csrf }: SignedIn,
  user: ProductUser,
  { pages, currentHref }: { pages: readonly ProductPage[]; currentHref: string },
): SampleAccount {
  const { homePath, receivedPath, happenedPath } = addresses;
  const tabs = pages.flatMap(({ path, tab, icon }) =>
    tab === undefined ? [] : [{ label: tab, href: user.hrefOf(path), icon }],
  );
  return {
    name: user.name,
    role: sample.role && (user.hasRole ? sample.role.name : sample.role.otherwise),
    signOut: { action: `${homePath}/logout`, csrf },
    tabs: [
      ...tabs,
      { label: 'What was received', href: receivedPath, icon: 'shield-check' },
      { label: 'What just happened', href: happenedPath, icon: 'arrows-exchange' },
    ],
    currentHref,
  };
}
