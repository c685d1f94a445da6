import { z } from 'zod';
import type { Ctx, Mount } from '../../foundation/http/context.ts';
import { createCsrf } from '../../foundation/http/csrf.ts';
import { csrfField } from '../../foundation/http/fields.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { keepOpener } from '../../foundation/http/opener-policy.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import { createSampleCookies } from './cookies.ts';
import { showLanding, showProduct, showReceived, showSetup, type SignedIn } from './pages.tsx';
import { openSample, trustOf, type SampleNeeds, type SampleVisit } from './sample-visit.ts';
import { writeMetadata } from './service-provider.ts';
import { beginSignOn, receiveResponse, scopeOf } from './sign-on.ts';
import { endSampleSession, findSampleSession } from './store.ts';
import { showWhatHappened } from './what-happened.tsx';

const params = z.object({ sample: z.string().max(64), directory: z.string().max(64) });
const pageParams = params.extend({ path: z.string().max(64) });
const signInQuery = z.object({
  binding: z.enum(['redirect', 'post'], { error: 'The binding is redirect or post.' }).default('redirect'),
});
const responseForm = z.object({
  SAMLResponse: z
    .string({ error: 'The form has no SAMLResponse, or more than one.' })
    .min(1, 'The SAMLResponse is empty.'),
  RelayState: z
    .string({ error: 'RelayState occurs more than once.' })
    .max(8192, { error: 'The RelayState is longer than 8,192 characters.' })
    .optional(),
});
const logoutForm = z.object({ csrf: csrfField });

/** A response about a user in a thousand groups is larger than other forms. */
const RESPONSE_FORM_LIMIT = '1mb';

/**
 * The built-in sample service providers. The rest of the server treats them like products of another company: they
 * use the web browser SSO profile, implemented with node-saml, and have sessions of their own.
 */
export function sampleRoutes(needs: SampleNeeds): Mount {
  const cookies = createSampleCookies(needs);
  const csrf = createCsrf(needs.sealer);

  /** The browser's session at the sample, if any. */
  const signedInAt = async (ctx: Ctx, sampleVisit: SampleVisit): Promise<SignedIn | undefined> => {
    const handle = cookies.sessionHandle(ctx, sampleVisit);
    if (handle === undefined) return undefined;
    const { policyAt } = sampleVisit.visit.times;
    const session = await findSampleSession(needs.db.read, scopeOf(sampleVisit), handle, policyAt);
    return session && { session, csrf: csrf.token(handle) };
  };

  return (router) => {
    router.get(
      '/samples/:sample/:directory',
      withCheckedInput({ params }, async (ctx, input) => {
        const sampleVisit = await openSample(needs, ctx, input.params);
        const signedIn = await signedInAt(ctx, sampleVisit);
        if (signedIn) return showProduct(needs, ctx, sampleVisit, signedIn);
        if (await trustOf(needs, sampleVisit)) return showLanding(needs, ctx, sampleVisit);
        showSetup(needs, ctx, sampleVisit);
      }),
    );

    router.get(
      '/samples/:sample/:directory/pages/:path',
      withCheckedInput({ params: pageParams }, async (ctx, input) => {
        const sampleVisit = await openSample(needs, ctx, input.params);
        const signedIn = await signedInAt(ctx, sampleVisit);
        if (signedIn) return showProduct(needs, ctx, sampleVisit, signedIn, input.params.path);
        ctx.redirect(sampleVisit.addresses.homePath);
      }),
    );

    router.get(
      '/samples/:sample/:directory/received',
      withCheckedInput({ params }, async (ctx, input) => {
        const sampleVisit = await openSample(needs, ctx, input.params);
        const signedIn = await signedInAt(ctx, sampleVisit);
        if (signedIn) return showReceived(needs, ctx, sampleVisit, signedIn);
        ctx.redirect(sampleVisit.addresses.homePath);
      }),
    );

    router.get(
      '/samples/:sample/:directory/what-happened',
      withCheckedInput({ params }, async (ctx, input) => {
        const sampleVisit = await openSample(needs, ctx, input.params);
        const signedIn = await signedInAt(ctx, sampleVisit);
        if (signedIn) return showWhatHappened(needs, ctx, sampleVisit, signedIn);
        ctx.redirect(sampleVisit.addresses.homePath);
      }),
    );

    router.get(
      '/samples/:sample/:directory/metadata',
      withCheckedInput({ params }, async (ctx, input) => {
        const sampleVisit = await openSample(needs, ctx, input.params);
        const trust = await trustOf(needs, sampleVisit);
        const metadata = await writeMetadata(sampleVisit.addresses, {
          wantAssertionsSigned: trust?.signing.assertion ?? true,
        });
        ctx.type = 'application/samlmetadata+xml; charset=utf-8';
        ctx.attachment(`${sampleVisit.sample.name}-metadata.xml`, { type: 'inline' });
        ctx.body = metadata;
      }),
    );

    router.get(
      '/samples/:sample/:directory/signin',
      keepOpener,
      withCheckedInput({ params, query: signInQuery }, async (ctx, input) => {
        const sampleVisit = await openSample(needs, ctx, input.params);
        await beginSignOn(needs, cookies, ctx, sampleVisit, input.query.binding);
      }),
    );

    router.post(
      '/samples/:sample/:directory/acs',
      keepOpener,
      withCheckedInput({ params, form: responseForm, formLimit: RESPONSE_FORM_LIMIT }, async (ctx, input) => {
        const sampleVisit = await openSample(needs, ctx, input.params);
        await receiveResponse(needs, cookies, ctx, sampleVisit, input.form);
      }),
    );

    router.post(
      '/samples/:sample/:directory/logout',
      withCheckedInput({ params, form: logoutForm }, async (ctx, input) => {
        const sampleVisit = await openSample(needs, ctx, input.params);
        const handle = cookies.sessionHandle(ctx, sampleVisit);
        csrf.check(ctx, handle, input.form.csrf);
        if (handle !== undefined)
          await needs.db.transaction((tx) => endSampleSession(tx, scopeOf(sampleVisit), handle));
        cookies.clearSessionHandle(ctx, sampleVisit);
        seeOther(ctx, sampleVisit.addresses.homePath);
      }),
    );
  };
}
