import type { FeatureModule } from '../../flows/visit/feature-module.ts';
import { homeRoutes } from './home-routes.tsx';
import { mfaDeviceRoutes } from './mfa-device-routes.tsx';
import { registerDeviceRoutes } from './register-device-routes.tsx';
import { sessionRoutes } from './session-routes.tsx';
import { portalContinuations, type PortalNeeds } from './signed-in.ts';
import { trustedDeviceRoutes } from './trusted-device-routes.tsx';

export const portalModule: FeatureModule<PortalNeeds> = {
  routes: (needs) => [
    homeRoutes(needs),
    registerDeviceRoutes(needs),
    mfaDeviceRoutes(needs),
    trustedDeviceRoutes(needs),
    sessionRoutes(needs),
  ],
  continuations: () => portalContinuations,
};
