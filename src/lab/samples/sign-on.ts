import type { Instant } from '../../foundation/platform/clock.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import { excerpt } from '../../foundation/platform/excerpt.ts';
import { decodePost, encodePost } from '../../protocols/saml/bindings/post.ts';
import { decodeRedirect } from '../../protocols/saml/bindings/redirect.ts';
import { REQUEST_LIMITS } from '../../protocols/saml/xml/limits.ts';
import type { SampleCookies } from './cookies.ts';
import { showRequest, showRefused } from './pages.tsx';
import { trustOf, type SampleNeeds, type SampleVisit } from './sample-visit.ts';
import { createServiceProvider } from './service-provider.ts';
import {
  endSampleSession,
  startSampleSession,
  type Arrival,
  type SampleScope,
  type SampleSession,
} from './store.ts';
import { describeVerifications } from './verifications.ts';
import { verifyResponse, type Verdict } from './verify-response.ts';

export const scopeOf = ({ visit, sample }: SampleVisit): SampleScope => ({
  instanceId: visit.instance.id,
  sample: sample.name,
});

/** Sends the browser to the identity provider with an AuthnRequest (saml-profiles-2.0 §4.1.3.3). */
export async function beginSignOn(
  needs: SampleNeeds,
  cookies: SampleCookies,
  ctx: Ctx,
  sampleVisit: SampleVisit,
  binding: 'redirect' | 'post',
): Promise<void> {
  const { addresses, sample, visit } = sampleVisit;
  const trust = await trustOf(needs, sampleVisit);
  // The landing page shows what is missing.
  if (!trust) {
    ctx.redirect(addresses.homePath);
    return;
  }
  const requestId = `_${needs.ids.uuid()}`;
  const at = visit.times.wireAt;
  const serviceProvider = await createServiceProvider({ addresses, trust, at, requestId, binding });
  const sent = { id: requestId, binding, ssoUrl: trust.ssoUrl, sentAt: at };
  const { relayState } = sample;
  if (binding === 'redirect') {
    const url = await serviceProvider.getAuthorizeUrlAsync(relayState, undefined, {});
    cookies.addSentRequest(ctx, sampleVisit, {
      ...sent,
      xml: xmlOf(decodeRedirect(new URL(url).search, INFLATED)),
    });
    ctx.redirect(url);
    return;
  }
  const message = await serviceProvider.getAuthorizeMessageAsync(relayState);
  const samlRequest = String(message['SAMLRequest']);
  cookies.addSentRequest(ctx, sampleVisit, { ...sent, xml: xmlOf(decodePost(samlRequest)) });
  showRequest(needs, ctx, sampleVisit, { ssoUrl: trust.ssoUrl, samlRequest, relayState });
}

const INFLATED = { maxInflatedBytes: REQUEST_LIMITS.bytes };

/** The XML of a message that node-saml has just encoded. */
function xmlOf(decoded: { ok: true; xml: string } | { ok: false; detail: string }): string {
  if (!decoded.ok) throw new Error(`node-saml wrote a request that can’t be read: ${decoded.detail}`);
  return decoded.xml;
}

/** Receives a response, and signs the user in or shows why not (saml-profiles-2.0 §4.1.4.3). */
export async function receiveResponse(
  needs: SampleNeeds,
  cookies: SampleCookies,
  ctx: Ctx,
  sampleVisit: SampleVisit,
  form: { SAMLResponse: string; RelayState?: string | undefined },
): Promise<void> {
  const { addresses, sample, visit } = sampleVisit;
  const trust = await trustOf(needs, sampleVisit);
  if (!trust) {
    const reason = `${sample.displayName} trusts no identity provider yet.`;
    showRefused(needs, ctx, sampleVisit, {
      reason,
      detail: 'No application of this directory has it as its service provider.',
    });
    return;
  }
  const sentRequests = cookies.sentRequests(ctx, sampleVisit);
  const verdict = await verifyResponse(form.SAMLResponse, {
    addresses,
    trust,
    acsUrl: addresses.acsUrl,
    requestIds: new Set(sentRequests.map(({ id }) => id)),
    at: visit.times.wireAt,
  });
  if (!verdict.ok) {
    showRefused(needs, ctx, sampleVisit, verdict);
    return;
  }

  const request = sentRequests.find(({ id }) => id === verdict.requestId);
  const started = await startSession(needs, cookies, ctx, sampleVisit, {
    assertion: verdict.assertion,
    asked: request ?? null,
    relayState: form.RelayState ?? null,
    xml: verdict.xml,
    verifications: describeVerifications(verdict, trust, addresses),
    arrival: arrivalOf(verdict, visit.times.wireAt),
  });
  if (!started) {
    const reason = `The assertion ${verdict.assertion.id} was used here before.`;
    const detail = 'An assertion can be used only once.';
    showRefused(needs, ctx, sampleVisit, { reason, detail, xml: verdict.xml });
    return;
  }
  if (request) cookies.removeSentRequest(ctx, sampleVisit, request.id);
  // Always to the home page: the RelayState is unsigned, so following it would be an open redirect.
  seeOther(ctx, addresses.homePath);
}

/** In characters. Who holds an assertion could otherwise fill the database with what they put around it. */
const MAX_AROUND = 16 * 1024;

function arrivalOf({ xml, arrived }: Extract<Verdict, { ok: true }>, at: Instant): Arrival {
  return {
    ...{ at, octets: encodePost(arrived.xml).length },
    xml: arrived.xml === xml ? null : excerpt(arrived.xml, xml.length + MAX_AROUND),
    issueInstant: arrived.issueInstant === null ? null : excerpt(arrived.issueInstant),
  };
}

/** Starts a session that replaces the browser's previous one; false when the assertion was used before. */
async function startSession(
  needs: SampleNeeds,
  cookies: SampleCookies,
  ctx: Ctx,
  sampleVisit: SampleVisit,
  session: SampleSession,
): Promise<boolean> {
  const scope = scopeOf(sampleVisit);
  const handle = needs.ids.token();
  const previous = cookies.sessionHandle(ctx, sampleVisit);
  const started = await needs.db.transaction(async (tx) => {
    const fresh = await startSampleSession(tx, scope, { handle, session, times: sampleVisit.visit.times });
    if (fresh && previous !== undefined) await endSampleSession(tx, scope, previous);
    return fresh;
  });
  if (started) cookies.setSessionHandle(ctx, sampleVisit, handle);
  return started;
}
