import type { ApplicationTables } from './tables/application-tables.ts';
import type { ClassroomTables } from './tables/classroom-tables.ts';
import type { CredentialTables } from './tables/credential-tables.ts';
import type { DirectoryTables } from './tables/directory-tables.ts';
import type { OrganizationTables } from './tables/organization-tables.ts';
import type { SamlTables } from './tables/saml-tables.ts';
import type { ServerTables } from './tables/server-tables.ts';
import type { SessionTables } from './tables/session-tables.ts';

/**
 * The rows as both databases store them: instants are integer milliseconds, booleans 0 or 1, structures JSON text.
 * Every row belongs to an organization (`organization_id`) or to its instance (`instance_id`), except those of
 * `server_state`, of the server's operators (`operator_…`) and of classes (`classroom…`).
 */
export interface Tables
  extends
    OrganizationTables,
    DirectoryTables,
    CredentialTables,
    SessionTables,
    ApplicationTables,
    SamlTables,
    ClassroomTables,
    ServerTables {}
