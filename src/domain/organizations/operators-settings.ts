import type { Actor } from '../audit/actor.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import type { Organization } from './organization.ts';
import type { Settings } from './settings.ts';

type Parts = { readonly [Part in keyof Settings]?: readonly (keyof Settings[Part])[] };

/** Settings that cost the whole server time, memory or disk: an administrator of one instance can't change them. */
const OPERATORS_SETTINGS = {
  signIn: ['passwordHashCost'],
  retention: [
    ...(['events', 'eventBytes', 'exchangesPerApplication', 'exchangeBytesPerApplication'] as const),
    ...(['requestsPerApplication', 'requestBytesPerApplication', 'mails', 'mailBytes'] as const),
  ],
  quotas: ['applications', 'serviceProviderCertificateBytes'],
} as const satisfies Parts;

/** The operators' settings with their values, by JSON pointers into the settings, such as `/quotas/applications`. */
function operatorsValues(settings: Settings): Map<string, unknown> {
  const values = new Map<string, unknown>();
  // The keys of an object literal are those of its type.
  for (const part of Object.keys(OPERATORS_SETTINGS) as (keyof typeof OPERATORS_SETTINGS)[]) {
    const present: Record<string, unknown> = settings[part];
    for (const key of OPERATORS_SETTINGS[part]) values.set(`/${part}/${key}`, present[key]);
  }
  return values;
}

/** Refuses a change of operators' settings by anybody else. Throws AccessDeniedException, which names each of them. */
export function assertOwnSettings(actor: Actor, before: Settings, after: Settings): void {
  if (actor.type === 'operator') return;
  const wanted = operatorsValues(after);
  const changed = [...operatorsValues(before)].flatMap(([pointer, value]) =>
    wanted.get(pointer) === value ? [] : [pointer],
  );
  if (changed.length > 0) throw operatorsOnly(changed);
}

/**
 * Refuses another account number by anybody but an operator: events name the organization by it, so that its
 * administrator could have them recorded under another organization's account. Throws AccessDeniedException, which names the field.
 */
export function assertOwnAccount(
  actor: Actor,
  before: Pick<Organization, 'managementAccountId'>,
  after: Pick<Organization, 'managementAccountId'>,
): void {
  if (actor.type === 'operator' || before.managementAccountId === after.managementAccountId) return;
  throw operatorsOnly(['/managementAccountId']);
}

function operatorsOnly(changed: readonly string[]): AppError {
  const names = changed.map((pointer) => pointer.slice(1).replace('/', '.')).join(', ');
  return new AppError('AccessDeniedException', `Only an operator of the server can change ${names}.`, {
    fields: changed.map((field) => ({ field, message: 'Only an operator of the server can change this.' })),
  });
}
