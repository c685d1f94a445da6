import { addressRoutes, type AddressNeeds } from './address-routes.tsx';
import type { FeatureModule } from './feature-module.ts';

export const visitModule: FeatureModule<AddressNeeds> = {
  routes: (needs) => [addressRoutes(needs)],
};
