import type { Migration } from 'kysely';
import { foundation } from './0001-foundation.ts';
import { imports } from './0002-imports.ts';
import { organizationVersion } from './0003-organization-version.ts';
import { memberships } from './0004-memberships.ts';
import { credentials } from './0005-credentials.ts';
import { applications } from './0006-applications.ts';
import { sealedContent } from './0007-sealed-content.ts';
import { requestOwners } from './0008-request-owners.ts';
import { sizes } from './0009-sizes.ts';
import { lastAnswers } from './0010-last-answers.ts';
import { findings } from './0011-findings.ts';
import { attemptsUnderWay } from './0012-attempts-under-way.ts';
import { branding } from './0013-branding.ts';
import { oneIndex } from './0014-one-index.ts';
import { consoleAccess } from './0015-console-access.ts';
import { operatorSessions } from './0016-operator-sessions.ts';
import { userSearch } from './0017-user-search.ts';
import { eventFilters } from './0018-event-filters.ts';
import { refusedRequests } from './0019-refused-requests.ts';
import { classrooms } from './0020-classrooms.ts';
import { signInWatch } from './0021-sign-in-watch.ts';
import { mailSearch } from './0022-mail-search.ts';
import { importStarter } from './0023-import-starter.ts';

/** All migrations, for both databases. They run in the order of their names, which never change once released. */
export const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-imports': imports,
  '0003-organization-version': organizationVersion,
  '0004-memberships': memberships,
  '0005-credentials': credentials,
  '0006-applications': applications,
  '0007-sealed-content': sealedContent,
  '0008-request-owners': requestOwners,
  '0009-sizes': sizes,
  '0010-last-answers': lastAnswers,
  '0011-findings': findings,
  '0012-attempts-under-way': attemptsUnderWay,
  '0013-branding': branding,
  '0014-one-index': oneIndex,
  '0015-console-access': consoleAccess,
  '0016-operator-sessions': operatorSessions,
  '0017-user-search': userSearch,
  '0018-event-filters': eventFilters,
  '0019-refused-requests': refusedRequests,
  '0020-classrooms': classrooms,
  '0021-sign-in-watch': signInWatch,
  '0022-mail-search': mailSearch,
  '0023-import-starter': importStarter,
};
