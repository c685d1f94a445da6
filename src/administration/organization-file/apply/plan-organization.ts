import { isDeepStrictEqual } from 'node:util';
import { givenFields } from '../../../domain/organizations/change.ts';
import {
  createInstance,
  createOrganization,
  setAlias,
  updateInstanceSettings,
  updateOrganization,
} from '../../../domain/organizations/commands.ts';
import { setLogo } from '../../../domain/organizations/branding/logo-commands.ts';
import type { Instance, Organization } from '../../../domain/organizations/organization.ts';
import { mergeSettings, settingsSchema, type Settings } from '../../../domain/organizations/settings.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { FileFault } from '../read/fault.ts';
import { directoryIdOf, instanceIdOf, organizationIdOf } from './derived-ids.ts';
import type { Plan } from './plan.ts';
import type { OrganizationFile } from '../read/schema.ts';

/** The organization and the instance in the database to which a file is applied. */
export interface ExistingOrganization {
  readonly organization: Organization | undefined;
  readonly instance: Instance | undefined;
}

export const REAL_TIME = { offsetMs: 0, frozenAt: null };

/** Plans the organization, and returns it as it will be: created, or changed as declared. */
export function planOrganization(
  plan: Plan,
  file: OrganizationFile,
  { organization }: ExistingOrganization,
  { at, isDefault }: { readonly at: Instant; readonly isDefault: boolean },
): Organization {
  const { name, managementAccountId, clock } = file.organization;
  if (!organization) {
    const id = organizationIdOf(file);
    const created = { id, name, managementAccountId, isDefault };
    plan.add('organizations', 'created', name, async (work) => {
      const made = await createOrganization(work, { ...created, at });
      if (clock) await updateOrganization(work, made, { clock });
    });
    return { ...created, clock: clock ?? REAL_TIME, version: 1, createdAt: at };
  }
  const change = givenFields({
    name: name === organization.name ? undefined : name,
    managementAccountId:
      managementAccountId === organization.managementAccountId ? undefined : managementAccountId,
    clock: isDeepStrictEqual(clock, organization.clock) ? undefined : clock,
  });
  if (Object.keys(change).length === 0) plan.leave('organizations');
  else
    plan.add('organizations', 'updated', Object.keys(change).join(', '), (work) =>
      updateOrganization(work, organization, change),
    );
  return { ...organization, ...change };
}

/** Plans the instance, and returns it as it will be: created, or with the declared alias and settings. */
export function planInstance(
  plan: Plan,
  file: OrganizationFile,
  organization: Organization,
  { instance }: ExistingOrganization,
): Instance {
  const { alias = null, region } = file.instance;
  if (!instance) {
    const directoryId = directoryIdOf(file);
    const settings = settingsSchema.parse(file.settings);
    const { id = instanceIdOf(directoryId) } = file.instance;
    const created = { id, directoryId, alias, region, settings };
    plan.add('instances', 'created', alias ?? directoryId, async (work) => {
      const made = await createInstance(work, organization, created);
      if (file.logo) await setLogo(work, made, file.logo);
    });
    return { ...created, organization, logo: null, version: 1 };
  }
  const settings = mergeSettings(instance.settings, file.settings);
  const givenAlias = instance.alias === null ? alias : null;
  const differs = !isDeepStrictEqual(settings, instance.settings);
  const { logo } = file;
  const hasOtherLogo = logo !== undefined && logo?.sha256 !== instance.logo?.sha256;
  if (givenAlias === null && !differs && !hasOtherLogo) plan.leave('instances');
  else {
    const parts = [
      givenAlias !== null && 'portal URL',
      ...changedSettings(settings, instance.settings),
      hasOtherLogo && 'logo',
    ];
    plan.add('instances', 'updated', parts.filter((part) => part !== false).join(', '), async (work) => {
      let now = givenAlias === null ? instance : await setAlias(work, instance, givenAlias);
      if (differs) now = await updateInstanceSettings(work, now, settings);
      if (hasOtherLogo) await setLogo(work, now, logo);
    });
  }
  return { ...instance, organization, settings, alias: instance.alias ?? alias };
}

/** The settings that differ, by their names in the file. */
function changedSettings(wanted: Settings, present: Settings): string[] {
  return Object.keys(wanted)
    .filter((key) => !isDeepStrictEqual(wanted[key as keyof Settings], present[key as keyof Settings])) // its own keys
    .map((key) => `settings.${key}`);
}

/** Faults of declared ids, alias and region that differ from the database: none of them can be changed. */
export function contradictions(
  file: OrganizationFile,
  { organization, instance }: ExistingOrganization,
): FileFault[] {
  const faults: FileFault[] = [];
  const compare = (
    path: string[],
    declared: string | undefined,
    present: string | null | undefined,
    what: string,
  ) => {
    if (declared === undefined || present === undefined || present === null || declared === present) return;
    faults.push(file.faultAt(path, `${what} is ${present} and can’t be changed.`));
  };
  compare(['organization', 'id'], file.organization.id, organization?.id, 'The organization’s id');
  compare(
    ['instance', 'directoryId'],
    file.instance.directoryId,
    instance?.directoryId,
    'The directory’s id',
  );
  compare(['instance', 'id'], file.instance.id, instance?.id, 'The instance’s id');
  compare(['instance', 'alias'], file.instance.alias, instance?.alias, 'The alias');
  compare(['instance', 'region'], file.instance.region, instance?.region, 'The region');
  return faults;
}
