import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { addCertificateRoutes } from './certificates/add-routes.tsx';
import { certificateRoutes } from './certificates/certificate-routes.tsx';
import { rotationRoutes } from './certificates/rotation-routes.tsx';
import { applicationExchangeRoutes } from './exchange-routes.tsx';
import { mappingRoutes } from './mappings/mapping-routes.tsx';

/** The tabs about what an application's service provider receives, and how it is signed. */
export function tabRoutes(needs: ConsoleNeeds): readonly Mount[] {
  return [
    mappingRoutes(needs),
    // Before the page of the certificate with that id.
    addCertificateRoutes(needs),
    certificateRoutes(needs),
    rotationRoutes(needs),
    applicationExchangeRoutes(needs),
  ];
}
