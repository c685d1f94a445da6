import type { DomainModule } from '../organizations/trims.ts';
import { trimSessions } from './session-store.ts';
import { trimSignIns } from './sign-in-store.ts';

export const sessionsModule: DomainModule = {
  trims: {
    instance: async ({ instance, times, trimAll }) => {
      await trimAll((tx, batch) => trimSignIns(tx, instance.id, times.policyAt, batch));
      await trimAll((tx, batch) => trimSessions(tx, instance.id, times.policyAt, batch));
    },
  },
};
