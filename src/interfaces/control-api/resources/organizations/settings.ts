import { z } from 'zod';
import { changeSettings } from '../../../../administration/operations/settings.ts';
import type { Instance } from '../../../../domain/organizations/organization.ts';
import { settingsSchema } from '../../../../domain/organizations/settings.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { expectedVersion, organizationParams } from '../../contract/schemas.ts';

const settingsView = settingsSchema.extend({ version: z.int() }).meta({ id: 'Settings' });

/** A change of settings. Absent settings stay unchanged, so the defaults of organization files don't apply. */
const settingsChange = z
  .strictObject({ ...changesOf(settingsSchema.shape), version: expectedVersion })
  .meta({ id: 'SettingsChange' });

/**
 * Makes each setting optional and removes its default. Derived from the schema, so that new settings can be
 * changed too.
 */
function changesOf(shape: Record<string, Defaulted>): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, each]) => {
      const bare = each.unwrap();
      return [key, bare instanceof z.ZodObject ? withoutDefaults(bare.shape) : z.optional(bare)];
    }),
  );
}

type Defaulted = z.ZodType & { unwrap(): z.core.$ZodType };
type Unwrapped<Shape extends Record<string, Defaulted>> = {
  [Key in keyof Shape]: z.ZodOptional<ReturnType<Shape[Key]['unwrap']>>;
};

function withoutDefaults<Shape extends Record<string, Defaulted>>(shape: Shape) {
  const bare = Object.entries(shape).map(([key, each]) => {
    const optional = z.optional(each.unwrap());
    return [key, each.description === undefined ? optional : optional.describe(each.description)];
  });
  // The cast is safe: each key's schema was unwrapped above.
  return z.strictObject(Object.fromEntries(bare) as Unwrapped<Shape>).optional();
}

/** The operations on an organization's settings. */
export function settingsRoutes(needs: ControlNeeds): Route[] {
  const present = ({ settings, version }: Instance) => ({ ...settings, version });
  return [
    route({
      id: 'getSettings',
      method: 'GET',
      path: '/organizations/:organization/settings',
      summary: 'Shows all settings, including those that have their default.',
      params: organizationParams,
      status: 200,
      returns: settingsView,
      async respond(caller, { params }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        return present(instance);
      },
    }),
    route({
      id: 'updateSettings',
      method: 'PATCH',
      path: '/organizations/:organization/settings',
      summary: 'Changes the given settings, key by key.',
      params: organizationParams,
      json: settingsChange,
      example: { session: { lifetime: 'PT1H' } },
      status: 200,
      returns: settingsView,
      async respond(caller, { params, json: { version, ...change } }) {
        const opened = await openInstance(needs, caller, params.organization);
        return present(await changeSettings(opened, change, version));
      },
    }),
  ];
}
