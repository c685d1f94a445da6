import type { DomainModule } from '../organizations/trims.ts';
import { trimRehearsals } from './rehearsal-store.ts';

export const certificatesModule: DomainModule = {
  trims: {
    instance: ({ instance, times, trimAll }) =>
      trimAll((tx, batch) => trimRehearsals(tx, instance.id, times.policyAt, batch)),
  },
};
