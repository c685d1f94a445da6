import { z } from 'zod';
import { deviceNameSchema } from '../../../../domain/credentials/mfa/device.ts';
import { deleteDevice, renameDevice } from '../../../../domain/credentials/mfa/commands.ts';
import {
  addDevice,
  beginRegistration,
  describeDevice,
  listDevicesOf,
  newDeviceSchema,
  startedSchema,
  typeSchema as type,
} from '../../../../administration/operations/mfa-devices.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { type MfaDeviceId, asId } from '../../../../foundation/platform/ids.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { expectedVersion, instant, listOf, reference } from '../../contract/schemas.ts';
import { userParams } from '../directory/users.ts';

const deviceView = z
  .strictObject({
    id: z.string(),
    type,
    name: z.string(),
    inSync: z.boolean().describe('false: the app’s clock is off, so it must be resynchronized first.'),
    isBuiltIn: z.boolean().describe('Whether it is built into a computer or phone.'),
    warnings: z
      .array(z.string())
      .describe('What is questionable about it, such as a secret that is shorter than RFC 4226 demands.'),
    registeredAt: instant,
    lastUsedAt: instant.nullable(),
    version: z.int(),
  })
  .meta({ id: 'MfaDevice' });

const registrationView = startedSchema.meta({ id: 'MfaRegistration' });

const DEVICES = '/organizations/:organization/users/:user/mfa-devices';
const deviceParams = userParams.extend({
  device: reference.describe('The device’s id.').transform(asId<MfaDeviceId>),
});

/**
 * The operations on users' MFA devices. An administrator registers one for a user as the user would (guide,
 * "Register an MFA device").
 */
export function mfaDeviceRoutes(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'listMfaDevices',
      method: 'GET',
      path: DEVICES,
      summary: 'Lists a user’s MFA devices, without secrets, in the order of registration.',
      params: userParams,
      status: 200,
      returns: listOf(deviceView),
      async respond(caller, { params }) {
        const opened = await openInstance(needs, caller, params.organization);
        // Not paged: a user has at most eight.
        return { items: (await listDevicesOf(needs, opened, params.user)).map(describeDevice), cursor: null };
      },
    }),
    route({
      id: 'startMfaRegistration',
      method: 'POST',
      path: `${DEVICES}/registrations`,
      summary: 'Starts the registration of a device for a user. It must be completed within 15 minutes.',
      params: userParams,
      json: z.strictObject({ type }),
      example: { type: 'totp' },
      status: 201,
      returns: registrationView,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        return beginRegistration(needs, opened, params.user, json.type);
      },
    }),
    route({
      id: 'addMfaDevice',
      method: 'POST',
      path: DEVICES,
      summary: 'Completes a registration, or registers an authenticator app by its secret, without a code.',
      params: userParams,
      json: newDeviceSchema.meta({ id: 'NewMfaDevice' }),
      example: { totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: 'Phone' },
      status: 201,
      returns: deviceView,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        return describeDevice(await addDevice(needs, opened, params.user, json));
      },
    }),
    route({
      id: 'updateMfaDevice',
      method: 'PATCH',
      path: `${DEVICES}/:device`,
      summary: 'Renames a device.',
      params: deviceParams,
      json: z.strictObject({ name: deviceNameSchema, version: expectedVersion }),
      example: { name: 'Old phone' },
      status: 200,
      returns: deviceView,
      async respond(caller, { params, json: { name, version } }) {
        const opened = await openInstance(needs, caller, params.organization);
        await opened.run((work) =>
          renameDevice(work, opened.instance, params.user, params.device, {
            name,
            expectedVersion: version,
          }),
        );
        const devices = await listDevicesOf(needs, opened, params.user);
        const device = devices.find(({ id }) => id === params.device);
        if (!device) throw notFound('The device');
        return describeDevice(device);
      },
    }),
    route({
      id: 'deleteMfaDevice',
      method: 'DELETE',
      path: `${DEVICES}/:device`,
      summary: 'Deletes a device. With the last one, the user’s trusted devices are deleted too.',
      params: deviceParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteDevice(work, instance, params.user, params.device));
      },
    }),
  ];
}
