import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { RehearsalPage } from '../../../../views/idp/rehearsal.tsx';
import { RehearsalOverPage } from '../../../../views/idp/rehearsal-over.tsx';
import { RehearsalsPage } from '../../../../views/idp/rehearsals.tsx';
import {
  endRehearsalsOfBrowser,
  findUnacceptedRehearsal,
  listRehearsalsOfBrowser,
  acceptRehearsal,
  type BrowserRehearsal,
} from '../../../domain/certificates/rehearsal-store.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import { keepOpener } from '../../../foundation/http/opener-policy.ts';
import { seeOther } from '../../../foundation/http/see-other.ts';
import { giveRehearsalSecret, rehearsalSecret, takeRehearsalSecret } from '../../visit/rehearsal-cookie.ts';
import type { Visit } from '../../visit/visit.ts';
import { whenOf } from '../../visit/when.ts';
import { ssoPath } from '../addresses.ts';
import type { IdpNeeds } from '../application-visit.ts';
import { csrfField } from '../../../foundation/http/fields.ts';

const params = z.object({ instance: z.string().max(64) });
const offerParams = params.extend({ token: z.string().max(64) });
const form = z.object({
  csrf: csrfField,
});

/**
 * The pages on which a browser accepts a rehearsal, sees what it rehearses, and ends it. Only our own forms
 * change anything: opening an attacker's link doesn't start a rehearsal.
 */
export function rehearsalRoutes(needs: IdpNeeds): Mount {
  return (router) => {
    // A rehearsal may be opened in a popup, from where its sign-on comes back to the service provider.
    router.use(['/:instance/saml/rehearsal/:token', '/:instance/saml/rehearsals'], keepOpener);

    router.get(
      '/:instance/saml/rehearsal/:token',
      withCheckedInput({ params: offerParams }, async (ctx, { params: { instance, token } }) => {
        const visit = await openSecret(needs, ctx, instance);
        const offer = await findUnacceptedRehearsal(
          needs.db.read,
          visit.instance.id,
          token,
          visit.times.policyAt,
        );
        if (!offer) return showOver(needs, ctx, visit);
        const csrf = csrfOf(needs, ctx, visit);
        const action = `/${visit.instance.directoryId}/saml/rehearsal/${token}`;
        const shown = presentRehearsal(visit, offer);
        needs.show(ctx, visit, (page) => <RehearsalPage {...{ page, csrf, action }} rehearsal={shown} />);
      }),
    );

    router.post(
      '/:instance/saml/rehearsal/:token',
      withCheckedInput(
        { params: offerParams, form },
        async (ctx, { params: { instance, token }, form: { csrf } }) => {
          const visit = await openSecret(needs, ctx, instance);
          needs.csrf.check(ctx, needs.visits.knownBrowser(ctx, visit)?.secret, csrf);
          const { instance: openedInstance, times } = visit;
          const known = rehearsalSecret(ctx, visit);
          // A secret without a running rehearsal may have been planted by an attacker: the browser gets a new
          // one.
          const running =
            known !== undefined &&
            (await listRehearsalsOfBrowser(needs.db.read, openedInstance.id, known, times.policyAt));
          const secret = known !== undefined && running && running.length > 0 ? known : needs.ids.token();
          const taken = { token, secret, at: times.policyAt };
          if (!(await needs.db.transaction((tx) => acceptRehearsal(tx, openedInstance.id, taken)))) {
            return showOver(needs, ctx, visit);
          }
          giveRehearsalSecret(ctx, visit, secret);
          seeOther(ctx, `/${openedInstance.directoryId}/saml/rehearsals`);
        },
      ),
    );

    router.get(
      '/:instance/saml/rehearsals',
      withCheckedInput({ params }, async (ctx, { params: { instance } }) => {
        const visit = await needs.visits.open(ctx, instance);
        const secret = rehearsalSecret(ctx, visit);
        const { id, directoryId } = visit.instance;
        const running =
          secret === undefined
            ? []
            : await listRehearsalsOfBrowser(needs.db.read, id, secret, visit.times.policyAt);
        const rehearsals = running.map((each) => presentRehearsal(visit, each));
        const csrf = csrfOf(needs, ctx, visit);
        const endAction = `/${directoryId}/saml/rehearsals/end`;
        const portalHref = `/${visit.reference}/start`;
        needs.show(ctx, visit, (page) => (
          <RehearsalsPage {...{ page, csrf, rehearsals, endAction, portalHref }} />
        ));
      }),
    );

    router.post(
      '/:instance/saml/rehearsals/end',
      withCheckedInput({ params, form }, async (ctx, { params: { instance }, form: { csrf } }) => {
        const visit = await needs.visits.open(ctx, instance);
        needs.csrf.check(ctx, needs.visits.knownBrowser(ctx, visit)?.secret, csrf);
        const secret = rehearsalSecret(ctx, visit);
        if (secret !== undefined) {
          await needs.db.transaction((tx) => endRehearsalsOfBrowser(tx, visit.instance.id, secret));
          takeRehearsalSecret(ctx, visit);
        }
        seeOther(ctx, `/${visit.reference}/saml/rehearsals`);
      }),
    );
  };
}

/** A visit to a secret address, which must not leak to other sites in the Referer header. */
function openSecret(needs: IdpNeeds, ctx: Ctx, reference: string): Promise<Visit> {
  ctx.set('Referrer-Policy', 'no-referrer');
  return needs.visits.open(ctx, reference);
}

const csrfOf = (needs: IdpNeeds, ctx: Ctx, visit: Visit) =>
  needs.csrf.token(needs.visits.browser(ctx, visit).secret);

function presentRehearsal({ instance }: Visit, offer: BrowserRehearsal) {
  const { applicationId, applicationName, certificatePem, expiresAt } = offer;
  return {
    applicationName,
    fingerprint: new X509Certificate(certificatePem).fingerprint256,
    until: whenOf(expiresAt),
    openHref: ssoPath(instance.directoryId, applicationId),
  };
}

function showOver(needs: IdpNeeds, ctx: Ctx, visit: Visit): void {
  ctx.status = 410;
  const portalHref = `/${visit.reference}/start`;
  const rehearsalsHref =
    rehearsalSecret(ctx, visit) === undefined ? undefined : `/${visit.reference}/saml/rehearsals`;
  needs.show(ctx, visit, (page) => <RehearsalOverPage {...{ page, portalHref, rehearsalsHref }} />);
}
