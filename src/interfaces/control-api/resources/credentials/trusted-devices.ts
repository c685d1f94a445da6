import { z } from 'zod';
import { findUser } from '../../../../domain/directory/user-store.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { type TrustedDeviceId, asId } from '../../../../foundation/platform/ids.ts';
import {
  removeTrustedDevices,
  removeTrustedDevice,
} from '../../../../domain/sessions/trusted-device-commands.ts';
import { listTrustedDevices } from '../../../../domain/sessions/trusted-device-store.ts';
import type { TrustedDevice } from '../../../../domain/sessions/trusted-device.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant, listOf, reference } from '../../contract/schemas.ts';
import { userParams } from '../directory/users.ts';

const trustedDeviceView = z
  .strictObject({
    id: z.string(),
    browserFamily: z.string(),
    userAgent: z.string(),
    ip: z.string(),
    trustedAt: instant,
  })
  .meta({ id: 'TrustedDevice' });

function present({
  id,
  browserFamily,
  userAgent,
  ip,
  trustedAt,
}: TrustedDevice): z.output<typeof trustedDeviceView> {
  return { id, browserFamily, userAgent, ip, trustedAt: toIso(trustedAt) };
}

const TRUSTED = '/organizations/:organization/users/:user/trusted-devices';
const trustedDeviceParams = userParams.extend({
  device: reference.describe('The trusted device’s id.').transform(asId<TrustedDeviceId>),
});

/**
 * The operations on the browsers that users trust, where no second factor is asked for (guide, "Trusted
 * devices").
 */
export function trustedDeviceRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'listTrustedDevices',
      method: 'GET',
      path: TRUSTED,
      summary: 'Lists the browsers and addresses that a user trusts, newest first.',
      params: userParams,
      status: 200,
      returns: listOf(trustedDeviceView),
      async respond(caller, { params }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        if (!(await findUser(db.read, instance.id, params.user))) throw notFound('The user');
        const items = (await listTrustedDevices(db.read, instance.id, params.user)).map(present);
        return { items, cursor: null };
      },
    }),
    route({
      id: 'deleteTrustedDevices',
      method: 'DELETE',
      path: TRUSTED,
      summary: 'Deletes all trusted devices of a user.',
      params: userParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => removeTrustedDevices(work, instance, params.user));
      },
    }),
    route({
      id: 'deleteTrustedDevice',
      method: 'DELETE',
      path: `${TRUSTED}/:device`,
      summary: 'Deletes a trusted device, that is, one browser at one address.',
      params: trustedDeviceParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => removeTrustedDevice(work, instance, params.user, params.device));
      },
    }),
  ];
}
