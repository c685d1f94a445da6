import type { DomainModule } from '../../organizations/trims.ts';
import { trimRegistrations } from './registration-store.ts';

export const mfaModule: DomainModule = {
  trims: {
    instance: ({ instance, times, trimAll }) =>
      trimAll((tx, batch) => trimRegistrations(tx, instance.id, times.policyAt, batch)),
  },
};
