import type { DomainModule } from '../../organizations/trims.ts';
import { trimLinks } from './link-store.ts';

export const passwordsModule: DomainModule = {
  trims: {
    instance: ({ instance, times, trimAll }) =>
      trimAll((tx, batch) => trimLinks(tx, instance.id, times.policyAt, batch)),
  },
};
