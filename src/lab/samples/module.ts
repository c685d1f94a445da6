import type { FeatureModule } from '../../flows/visit/feature-module.ts';
import { sampleRoutes } from './routes.ts';
import type { SampleNeeds } from './sample-visit.ts';
import { trimSampleSessions } from './store.ts';

export const samplesModule: FeatureModule<SampleNeeds> = {
  routes: (needs) => [sampleRoutes(needs)],
  trims: {
    instance: ({ instance, times, trimAll }) =>
      trimAll((tx, batch) => trimSampleSessions(tx, instance.id, times, batch)),
  },
};
