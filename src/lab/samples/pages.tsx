import type { SampleBrand } from '../../../views/layouts/sample-layout.tsx';
import { SampleRequestPage } from '../../../views/samples/request.tsx';
import { SampleLandingPage } from '../../../views/samples/landing.tsx';
import { SampleProfilePage } from '../../../views/samples/profile.tsx';
import { SampleRefusedPage } from '../../../views/samples/refused.tsx';
import { SampleSetupPage } from '../../../views/samples/setup.tsx';
import { excerpt } from '../../foundation/platform/excerpt.ts';
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

/** Shows the signed-in user, and every value of the verified assertion. */
export function showProfile(
  { show }: Shown,
  ctx: Ctx,
  sampleVisit: SampleVisit,
  { session, csrf }: { session: SampleSession; csrf: string },
): void {
  const { assertion, asked, relayState, xml, verifications } = session;
  const { issuer, conditions, attributes } = assertion;
  show(ctx, sampleVisit.visit, (page) => (
    <SampleProfilePage
      page={page}
      sample={brandOf(sampleVisit)}
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
      signOut={{ action: `${sampleVisit.addresses.homePath}/logout`, csrf }}
      portalHref={portalOf(sampleVisit)}
    />
  ));
}

function displayNameOf({ attributes, nameId }: ReceivedAssertion): string {
  const valueOf = (name: string) => attributes.find((each) => each.name === name)?.values[0] ?? '';
  const names = [valueOf('givenName'), valueOf('familyName')].filter((name) => name !== '').join(' ');
  return [valueOf('displayName'), names].find((name) => name !== '') ?? nameId?.value ?? '';
}
