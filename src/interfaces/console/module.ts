import type { FeatureModule } from '../../flows/visit/feature-module.ts';
import { consoleContinuations } from './frame/console-path.ts';
import type { ConsoleNeeds } from './frame/console-visit.ts';

export const consoleModule: FeatureModule<ConsoleNeeds> = {
  lazyRoutes: {
    below: '/:instance/console',
    load: async (needs) => {
      const { instanceRoutes } = await import('./instance-routes.ts');
      return instanceRoutes(needs);
    },
  },
  continuations: () => consoleContinuations,
};
