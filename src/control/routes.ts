import type { Mount } from '../http/context.ts';
import type { ControlNeeds } from './api.ts';
import { applicationRoutes } from './applications.ts';
import { assignmentRoutes } from './assignments.ts';
import { requireBearer } from './bearer.ts';
import { eventRoutes } from './events.ts';
import { groupRoutes } from './groups.ts';
import { memberRoutes } from './members.ts';
import { organizationRoutes } from './organizations.ts';
import { pointAtFields } from './pointers.ts';
import { responseRoutes } from './responses.ts';
import type { Route } from './route.ts';
import { serviceProviderRoutes } from './service-providers.ts';
import { userRoutes } from './users.ts';

const API = '/api/v1';

/** Every operation of the control API, with the schemas that check its requests and describe its answers. */
export function controlOperations(needs: ControlNeeds): Route[] {
  return [
    ...organizationRoutes(needs),
    ...userRoutes(needs),
    ...groupRoutes(needs),
    ...memberRoutes(needs),
    ...applicationRoutes(needs),
    ...serviceProviderRoutes(needs),
    ...assignmentRoutes(needs),
    ...responseRoutes(needs),
    ...eventRoutes(needs),
  ];
}

/** The control API, for programs that hold the API token. */
export function controlRoutes(needs: ControlNeeds): Mount {
  return (router) => {
    const authenticate = requireBearer(needs.verifyToken);
    for (const { method, path, handle } of controlOperations(needs)) {
      router.register(`${API}${path}`, [method], [authenticate, pointAtFields, handle]);
    }
  };
}
