import { tabRoutes } from './applications/tab-routes.ts';
import type { Mount } from '../../foundation/http/context.ts';
import { applicationRoutes } from './applications/application-routes.ts';
import { dashboardRoutes } from './dashboard/dashboard-routes.tsx';
import { diagnosisRoutes } from './diagnosis/diagnosis-routes.tsx';
import { eventRoutes } from './events/event-routes.tsx';
import { deleteExchangesRoutes } from './exchanges/delete-routes.tsx';
import { exchangeRoutes } from './exchanges/exchange-routes.tsx';
import type { ConsoleNeeds } from './frame/console-visit.ts';
import { groupDetailRoutes } from './groups/group-detail-routes.tsx';
import { groupRoutes } from './groups/group-routes.tsx';
import { mailboxRoutes } from './mailbox/mailbox-routes.tsx';
import { mailRoutes } from './mailbox/mail-routes.tsx';
import { memberRoutes } from './groups/member-routes.tsx';
import { addImportRoutes } from './imports/add-routes.tsx';
import { importRoutes } from './imports/import-routes.tsx';
import { exportFileRoutes } from './organization-file/export-routes.tsx';
import { importFileRoutes } from './organization-file/import-routes.tsx';
import { signInRoutes } from './sign-ins/sign-in-routes.tsx';
import { userRoutes } from './users/user-routes.ts';
import { settingsRoutes } from './settings/settings-routes.ts';

/** All pages of an instance's console, an area each. */
export function instanceRoutes(needs: ConsoleNeeds): readonly Mount[] {
  return [
    dashboardRoutes(needs),
    eventRoutes(needs),
    // Before the exchange of that id.
    deleteExchangesRoutes(needs),
    exchangeRoutes(needs),
    // Before the message of that id.
    mailboxRoutes(needs),
    mailRoutes(needs),
    signInRoutes(needs),
    diagnosisRoutes(needs),
    userRoutes(needs),
    groupRoutes(needs),
    groupDetailRoutes(needs),
    memberRoutes(needs),
    ...tabRoutes(needs),
    ...applicationRoutes(needs),
    // Before the import of that id.
    addImportRoutes(needs),
    importRoutes(needs),
    exportFileRoutes(needs),
    importFileRoutes(needs),
    settingsRoutes(needs),
  ];
}
