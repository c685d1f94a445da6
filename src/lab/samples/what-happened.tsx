import { SampleSequencePage } from '../../../views/samples/sequence.tsx';
import { findApplicationByEntityId } from '../../domain/applications/store.ts';
import type { CredentialType } from '../../domain/audit/event.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import { addressesOf } from '../../flows/idp/addresses.ts';
import { sessionIndexOf } from '../../flows/idp/responses/session-index.ts';
import {
  signOnSteps,
  type SignInRecord,
  type SignOnRecords,
  type SignOnStart,
} from '../../flows/idp/sequence/sign-on-steps.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { ReceivedAssertion } from '../../protocols/saml/read-assertion.ts';
import { parseInstant } from '../../protocols/saml/xml/instant.ts';
import type { SentRequest } from './cookies.ts';
import { accountAt, brandOf, type SignedIn } from './pages.tsx';
import type { SampleNeeds, SampleVisit } from './sample-visit.ts';
import type { Arrival, SampleSession } from './store.ts';

const FACTORS: Readonly<Record<CredentialType, string>> = {
  PASSWORD: 'Password',
  TOTP: 'Code of an authenticator app',
  RESYNC_TOTP: 'Two codes of an authenticator app',
  WEBAUTHN: 'Security key or built-in authenticator',
  EMAIL_OTP: 'Code from an email',
  EXTERNAL_IDP: 'External identity provider',
};

type Shown = SampleSession & { readonly arrival: Arrival };

/**
 * Shows the sign-on that began the sample's session of this browser, step by step. Everything is from two sessions of
 * the same browser: what the sample sent and received is in its own, and how the user signed in is in the portal's, if
 * it is the session that the assertion names. Throws a ResourceNotFoundException for a session that an earlier release
 * began.
 */
export async function showWhatHappened(
  needs: SampleNeeds,
  ctx: Ctx,
  sampleVisit: SampleVisit,
  signedIn: SignedIn,
): Promise<void> {
  const { arrival, ...rest } = signedIn.session;
  // The session is of an earlier release.
  if (!arrival) throw notFound('A record of this sign-on');
  const session = { ...rest, arrival };
  const portal = await findPortalSession(needs, ctx, sampleVisit, session);
  const { asked, assertion } = session;
  const steps = signOnSteps({
    start: asked
      ? startAtSample(sampleVisit, needs, asked)
      : { at: 'identity-provider', address: portal?.address ?? null },
    signIn: portal?.signIn ?? statedSignIn(assertion),
    response: responseOf(sampleVisit, session),
    end: {
      is: 'accepted',
      at: arrival.at,
      octets: arrival.octets,
      checks: session.verifications,
    },
  });
  const account = accountAt(sampleVisit, signedIn, sampleVisit.addresses.happenedPath);
  needs.show(ctx, sampleVisit.visit, (page) => (
    <SampleSequencePage {...{ page, account, steps }} sample={brandOf(sampleVisit)} />
  ));
}

const wholeOf = ({ arrival, xml }: Shown) => arrival.xml ?? xml;

function startAtSample(
  { addresses, sample }: SampleVisit,
  { publicOrigin }: SampleNeeds,
  { binding, ssoUrl, sentAt, xml }: SentRequest,
): SignOnStart {
  const address = `${publicOrigin}${addresses.homePath}/signin`;
  const message = { is: 'here', xml } as const;
  return {
    at: 'service-provider',
    begun: { at: sentAt, address },
    request: { binding, ssoUrl, relayState: sample.relayState, message },
  };
}

function responseOf({ addresses }: SampleVisit, session: Shown): SignOnRecords['response'] {
  const { arrival, relayState } = session;
  return {
    issuedAt: instantOf(arrival.issueInstant),
    acsUrl: addresses.acsUrl,
    relayState,
    message: { is: 'here', xml: wholeOf(session) },
  };
}

/** The portal's session of this browser, if the assertion names it; and the address that opens the application. */
async function findPortalSession(
  { db, sessions, publicOrigin }: SampleNeeds,
  ctx: Ctx,
  { visit, addresses }: SampleVisit,
  { assertion }: SampleSession,
): Promise<{ signIn: SignInRecord; address: string } | undefined> {
  const { instance } = visit;
  const resumed = await sessions.current(ctx, visit);
  const application = await findApplicationByEntityId(db.read, instance.id, addresses.entityId);
  if (!resumed || !application) return undefined;
  const { session, user } = resumed;
  if (assertion.session?.sessionIndex !== sessionIndexOf(application, session.id)) return undefined;
  const { authenticatedAt, factors } = session;
  const at = instantOf(assertion.session.authnInstant) ?? authenticatedAt;
  // The session has policy time, and the assertion has the same instant in wire time.
  const inWireTime = (policyAt: Instant) => at + (policyAt - authenticatedAt);
  return {
    signIn: {
      is: 'recorded',
      ...{ at, userName: user.userName },
      factors: factors.map((factor) => ({ name: FACTORS[factor.type], at: inWireTime(factor.at) })),
    },
    address: addressesOf(publicOrigin, instance.directoryId, application.id).ssoUrl,
  };
}

function statedSignIn({ session }: ReceivedAssertion): SignInRecord {
  return {
    is: 'stated',
    at: instantOf(session?.authnInstant ?? null),
    contextClass: session?.authnContextClassRef ?? null,
  };
}

const instantOf = (text: string | null): Instant | null => parseInstant(text ?? '') ?? null;
