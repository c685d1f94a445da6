import type { SampleBrand } from '../../../views/layouts/sample-layout.tsx';
import { SampleAskingPage } from '../../../views/samples/asking.tsx';
import { SampleLandingPage } from '../../../views/samples/landing.tsx';
import { SampleProfilePage } from '../../../views/samples/profile.tsx';
import { SampleRefusedPage } from '../../../views/samples/refused.tsx';
import { SampleSetupPage } from '../../../views/samples/setup.tsx';
import type { Ctx } from '../../foundation/http/context.ts';
import type { ReceivedAssertion } from '../../protocols/saml/read-assertion.ts';
import type { SampleNeeds, SampleVisit } from './sample-visit.ts';
import type { SampleSession } from './store.ts';
import type { Refused } from './verify-response.ts';

type Shown = Pick<SampleNeeds, 'show'>;

const brandOf = ({ sample, addresses }: SampleVisit): SampleBrand => ({
  name: sample.displayName,
  tagline: sample.tagline,
  accent: sample.accent,
  homeHref: addresses.homePath,
});

// The samples know where the portal is as any product's help page would; they know nothing of its session.
const portalOf = ({ visit }: SampleVisit) => `/${visit.reference}/start`;

/** The three ways in. */
export function showLanding({ show }: Shown, ctx: Ctx, at: SampleVisit): void {
  const { addresses, sample } = at;
  show(ctx, at.visit, (page) => (
    <SampleLandingPage
      page={page}
      sample={brandOf(at)}
      about={sample.about}
      redirectHref={`${addresses.homePath}/signin?binding=redirect`}
      postHref={`${addresses.homePath}/signin?binding=post`}
      portalHref={portalOf(at)}
      entityId={addresses.entityId}
      acsUrl={addresses.acsUrl}
    />
  ));
}

/** No application has this sample as its service provider. */
export function showSetup({ show }: Shown, ctx: Ctx, at: SampleVisit): void {
  const { name, displayName } = at.sample;
  const organizationFile = [
    'applications:',
    `  - key: ${name}`,
    `    displayName: ${displayName}`,
    `    serviceProvider: {sample: ${name}}`,
    '    assignments: {users: [], groups: []}    # who may use it',
  ].join('\n');
  show(ctx, at.visit, (page) => (
    <SampleSetupPage
      page={page}
      sample={brandOf(at)}
      organizationFile={organizationFile}
      portalHref={portalOf(at)}
    />
  ));
}

/** A request by HTTP-POST, on its way. */
export function showAsking(
  { show }: Shown,
  ctx: Ctx,
  at: SampleVisit,
  message: { ssoUrl: string; samlRequest: string; relayState: string },
): void {
  show(ctx, at.visit, (page) => <SampleAskingPage page={page} sample={brandOf(at)} {...message} />);
}

/** A response that isn't believed. */
export function showRefused({ show }: Shown, ctx: Ctx, at: SampleVisit, refused: Omit<Refused, 'ok'>): void {
  ctx.status = 400;
  show(ctx, at.visit, (page) => (
    <SampleRefusedPage
      page={page}
      sample={brandOf(at)}
      reason={refused.reason}
      detail={refused.detail}
      xml={refused.xml}
      retryHref={at.addresses.homePath}
    />
  ));
}

/** Somebody who is signed in, and what was said about them: every value from the assertion that was verified. */
export function showProfile(
  { show }: Shown,
  ctx: Ctx,
  at: SampleVisit,
  { session, csrf }: { session: SampleSession; csrf: string },
): void {
  const { assertion, asked, relayState, xml, verifications } = session;
  const { issuer, conditions, attributes } = assertion;
  show(ctx, at.visit, (page) => (
    <SampleProfilePage
      page={page}
      sample={brandOf(at)}
      displayName={displayNameOf(assertion)}
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
      signOut={{ action: `${at.addresses.homePath}/logout`, csrf }}
      portalHref={portalOf(at)}
    />
  ));
}

function displayNameOf({ attributes, nameId }: ReceivedAssertion): string {
  const valueOf = (name: string) => attributes.find((each) => each.name === name)?.values[0] ?? '';
  const names = [valueOf('givenName'), valueOf('familyName')].filter((name) => name !== '').join(' ');
  return [valueOf('displayName'), names].find((name) => name !== '') ?? nameId?.value ?? '';
}
