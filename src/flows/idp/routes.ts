import { z } from 'zod';
import { findActiveCertificate, findApplicationForSigning } from '../../domain/certificates/store.ts';
import type { Ctx, Mount } from '../../foundation/http/context.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { keepOpener } from '../../foundation/http/opener-policy.ts';
import { AppError, notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId } from '../../foundation/platform/ids.ts';
import { answer, deliver } from './responses/answer.tsx';
import { answerAgain } from './responses/answer-again.ts';
import { openApplication, type ApplicationVisit, type IdpNeeds } from './application-visit.ts';
import { answeredAlready } from './responses/issue.ts';
import { describeTrust } from './metadata.ts';
import { findPendingRequest } from './requests/pending-request-store.ts';
import { assertNotOfAnotherBrowser } from './requests/request-owner.ts';
import { withRehearsal } from './rehearsal/rehearse.ts';
import { receivePost, receiveRedirect, type ReceivedMessage } from './requests/read-binding.ts';
import { receiveRequest, type Received } from './requests/receive-request.ts';
import { idField } from '../../foundation/http/fields.ts';

/** A path segment that is only used for lookups. */
const looked = z.string().max(64);
const applicationParams = z.object({
  instance: looked,
  // Only compared with stored ids.
  application: idField<ApplicationId>(),
});
const continueParams = z.object({ instance: looked, pending: looked });
const requestForm = z.object({
  SAMLRequest: z
    .string({ error: 'The form has no SAMLRequest, or more than one.' })
    .min(1, 'The SAMLRequest is empty.'),
  RelayState: z.string({ error: 'The form has more than one RelayState.' }).optional(),
});

/**
 * Reads the form of HTTP-POST. Called after the application was opened, so that an unreadable form is
 * recorded there.
 */
async function readForm(ctx: Ctx): Promise<ReceivedMessage> {
  const received: ReceivedMessage[] = [];
  const read = withCheckedInput(
    { form: requestForm },
    (_ctx, { form }) => void received.push(receivePost(form)),
  );
  await read(ctx, () => Promise.resolve());
  const [message] = received;
  if (!message) throw new Error('The checked input has a form without a message.');
  return message;
}

/**
 * Refuses HEAD requests (of link checkers and previews): a request is answered only once, and they would use
 * it up.
 */
function refuseHead(ctx: Ctx): void {
  if (ctx.method !== 'HEAD') return;
  ctx.set('Allow', 'GET, POST');
  throw new AppError('MethodNotAllowed', 'Start a sign-on by GET or POST.');
}

/** The endpoints of the identity provider: single sign-on by both bindings, metadata, certificate. */
export function idpRoutes(needs: IdpNeeds): Mount {
  const respond = async (ctx: Ctx, applicationVisit: ApplicationVisit, received: Received) => {
    if ('deliver' in received)
      return deliver(needs, ctx, applicationVisit, received.deliver, received.request);
    ctx.status = 303;
    ctx.set('Location', received.go);
    ctx.body = '';
  };

  return (router) => {
    router.get(
      '/:instance/saml/assertion/:application',
      keepOpener,
      withCheckedInput({ params: applicationParams }, async (ctx, { params }) => {
        refuseHead(ctx);
        const applicationVisit = await withRehearsal(needs, ctx, await openApplication(needs, ctx, params));
        if (!/(^|&)SAML/i.test(ctx.querystring)) return answer(needs, ctx, applicationVisit, undefined);
        await respond(
          ctx,
          applicationVisit,
          await receiveRequest(needs, applicationVisit, () => receiveRedirect(ctx.querystring)),
        );
      }),
    );

    router.post(
      '/:instance/saml/assertion/:application',
      keepOpener,
      withCheckedInput({ params: applicationParams }, async (ctx, { params }) => {
        const applicationVisit = await withRehearsal(needs, ctx, await openApplication(needs, ctx, params));
        await respond(
          ctx,
          applicationVisit,
          await receiveRequest(needs, applicationVisit, () => readForm(ctx)),
        );
      }),
    );

    router.get(
      '/:instance/saml/continue/:pending',
      keepOpener,
      withCheckedInput({ params: continueParams }, async (ctx, { params }) => {
        refuseHead(ctx);
        const visit = await needs.visits.open(ctx, params.instance);
        const { instance, times } = visit;
        const { db, sealer } = needs;
        const pending = await findPendingRequest(
          db.read,
          sealer,
          instance.id,
          params.pending,
          times.policyAt,
        );
        if (!pending) return answerAgain(needs, ctx, visit, params.pending);
        assertNotOfAnotherBrowser(needs, ctx, visit, pending);
        const found = await findApplicationForSigning(db.read, instance.id, pending.applicationId);
        if (!found) throw answeredAlready();
        const target = await withRehearsal(needs, ctx, { visit, ...found });
        await answer(needs, ctx, target, pending).catch((error: unknown) => {
          // Another GET of this browser was answered at the same moment.
          if (!(error instanceof AppError && error.code === 'Gone')) throw error;
          return answerAgain(needs, ctx, visit, params.pending);
        });
      }),
    );

    router.get(
      '/:instance/saml/metadata/:application',
      withCheckedInput({ params: applicationParams }, async (ctx, { params }) => {
        const { visit, application } = await openApplication(needs, ctx, params);
        const { db, publicOrigin } = needs;
        const metadata = await describeTrust(db.read, publicOrigin, visit.instance, application);
        ctx.type = 'application/samlmetadata+xml; charset=utf-8';
        ctx.attachment(`${application.key}-metadata.xml`, { type: 'inline' });
        ctx.body = metadata;
      }),
    );

    router.get(
      '/:instance/saml/certificate/:application',
      withCheckedInput({ params: applicationParams }, async (ctx, { params }) => {
        const { visit, application } = await openApplication(needs, ctx, params);
        const certificate = await findActiveCertificate(needs.db.read, visit.instance.id, application.id);
        if (!certificate) throw notFound('A certificate of this application');
        ctx.type = 'application/x-pem-file';
        ctx.attachment(`${application.key}.pem`, { type: 'inline' });
        ctx.body = certificate.certificatePem;
      }),
    );
  };
}
