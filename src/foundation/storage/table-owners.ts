import type { Tables } from './tables.ts';

/**
 * The folder of `src/` that owns each table. Only the stores of that folder (`store.ts` and `…-store.ts`, also in
 * folders inside) have statements on the table; other folders call those stores. A test checks this, and lists the
 * few stores that join a table of another folder.
 */
export const TABLE_OWNERS: Readonly<Record<keyof Tables, string>> = {
  organizations: 'domain/organizations',
  instances: 'domain/organizations',
  logos: 'domain/organizations',
  users: 'domain/directory',
  groups: 'domain/directory',
  memberships: 'domain/directory',
  console_access: 'domain/access',
  passwords: 'domain/credentials/passwords',
  password_history: 'domain/credentials/passwords',
  password_links: 'domain/credentials/passwords',
  mfa_devices: 'domain/credentials/mfa',
  mfa_registrations: 'domain/credentials/mfa',
  sign_ins: 'domain/sessions',
  sessions: 'domain/sessions',
  trusted_devices: 'domain/sessions',
  throttles: 'flows/signin',
  applications: 'domain/applications',
  certificates: 'domain/certificates',
  certificate_rehearsals: 'domain/certificates',
  assignments: 'domain/assignments',
  authn_requests: 'flows/idp/requests',
  seen_requests: 'flows/idp/requests',
  exchanges: 'flows/idp/exchanges',
  refused_requests: 'flows/idp/exchanges',
  mails: 'domain/mail',
  events: 'domain/audit',
  imports: 'administration/bulk-import',
  classrooms: 'administration/classroom',
  classroom_students: 'administration/classroom',
  sample_sessions: 'lab/samples',
  operator_links: 'domain/operators',
  operator_sessions: 'domain/operators',
  operator_attempts: 'domain/operators',
  spent_tokens: 'foundation/storage',
  server_state: 'foundation/storage',
};
