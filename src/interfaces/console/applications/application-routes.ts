import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { addRoutes } from './add-routes.tsx';
import { assignRoutes } from './assign-routes.tsx';
import { assignedRoutes } from './assigned-routes.tsx';
import { catalogueRoutes } from './catalogue-routes.tsx';
import { configurationRoutes } from './configuration-routes.tsx';
import { editRoutes } from './edit-routes.tsx';
import { instructionsRoutes } from './instructions-routes.tsx';
import { listRoutes } from './list-routes.tsx';
import { metadataRoutes } from './metadata-routes.tsx';
import { removeAccessRoutes } from './remove-access-routes.tsx';
import { removeRoutes } from './remove-routes.tsx';
import { statusRoutes } from './status-routes.ts';

/** The pages of applications (guide, “Manage SSO to your applications”). */
export function applicationRoutes(needs: ConsoleNeeds): readonly Mount[] {
  return [
    listRoutes(needs),
    // Before the routes of one application, whose id could be “add” otherwise.
    catalogueRoutes(needs),
    addRoutes(needs),
    configurationRoutes(needs),
    statusRoutes(needs),
    editRoutes(needs),
    metadataRoutes(needs),
    assignedRoutes(needs),
    assignRoutes(needs),
    removeAccessRoutes(needs),
    instructionsRoutes(needs),
    removeRoutes(needs),
  ];
}
