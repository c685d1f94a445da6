import type { FeatureModule } from '../../flows/visit/feature-module.ts';
import type { ShowPage } from '../../flows/visit/pages.ts';
import type { ControlNeeds } from './contract/api.ts';

export type ControlModuleNeeds = ControlNeeds & { readonly show: ShowPage };

export const controlApiModule: FeatureModule<ControlModuleNeeds> = {
  lazyRoutes: {
    below: '/api',
    load: async (needs) => {
      const [{ controlRoutes, createControlApi }, { apiPageRoutes }] = await Promise.all([
        import('./contract/routes.ts'),
        import('./api-page/api-page-routes.tsx'),
      ]);
      const api = createControlApi(needs);
      return [controlRoutes(api, needs.verifyToken), apiPageRoutes(api, needs)];
    },
  },
};
