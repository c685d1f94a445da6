import { z } from 'zod';
import { TrustedDevicesPage } from '../../../views/portal/trusted-devices.tsx';
import type { Mount } from '../../foundation/http/context.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import type { TrustedDeviceId } from '../../foundation/platform/ids.ts';
import { describeBrowser } from '../../domain/sessions/browser-family.ts';
import { removeTrustedDevice } from '../../domain/sessions/trusted-device-commands.ts';
import { listTrustedDevices } from '../../domain/sessions/trusted-device-store.ts';
import { portalParams, signedIn, signedInForm, type PortalNeeds } from './signed-in.ts';
import { whenOf } from '../../flows/visit/when.ts';
import { idField, csrfField as csrf } from '../../foundation/http/fields.ts';

const params = portalParams.extend({
  // Only compared with stored ids.
  device: idField<TrustedDeviceId>(),
});
const form = z.object({ csrf });

/**
 * The pages of the browsers and addresses that the user trusts, which can be removed (guide, "Trusted
 * devices").
 */
export function trustedDeviceRoutes(needs: PortalNeeds): Mount {
  const path = '/:instance/start/trusted-devices';
  return (router) => {
    router.get(
      path,
      withCheckedInput({ params: portalParams }, async (ctx, { params: { instance } }) => {
        const signedInVisit = await signedIn(needs, ctx, instance, 'trusted-devices');
        if (!signedInVisit) return;
        const { visit, user, session, homeHref, account, csrf: token } = signedInVisit;
        const trusted = await listTrustedDevices(needs.db.read, visit.instance.id, user.id);
        const devices = trusted.map(({ id, userAgent, ip, trustedAt, browserId }) => ({
          ...{ id, ip, browser: describeBrowser(userAgent), since: whenOf(trustedAt) },
          isThis: browserId === session.browserId,
        }));
        const { mode } = visit.instance.settings.mfa;
        needs.show(ctx, visit, (page) => (
          <TrustedDevicesPage {...{ page, homeHref, account, csrf: token, devices, mode }} />
        ));
      }),
    );

    router.post(
      `${path}/:device/forget`,
      withCheckedInput(
        { params, form },
        async (ctx, { params: { instance, device }, form: { csrf: token } }) => {
          const signedInVisit = await signedInForm(needs, ctx, instance, token, 'trusted-devices');
          if (!signedInVisit) return;
          const { visit, user, homeHref } = signedInVisit;
          await signedInVisit.run((work) => removeTrustedDevice(work, visit.instance, user.id, device));
          seeOther(ctx, `${homeHref}/trusted-devices`);
        },
      ),
    );
  };
}
