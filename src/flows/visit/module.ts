import { addressRoutes, type AddressNeeds } from './address-routes.tsx';
import { brandingRoutes, type BrandingNeeds } from './branding-routes.ts';
import type { FeatureModule } from './feature-module.ts';

export const visitModule: FeatureModule<AddressNeeds & BrandingNeeds> = {
  routes: (needs) => [addressRoutes(needs), brandingRoutes(needs)],
};
