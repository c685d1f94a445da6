import type { DomainModule } from '../organizations/trims.ts';
import { trimAttempts } from './attempt-store.ts';
import { trimEnded } from './store.ts';

export const operatorsModule: DomainModule = {
  trims: {
    server: async ({ at, trimAll }) => {
      await trimAll((tx, batch) => trimEnded(tx, at, batch));
      await trimAll((tx, batch) => trimAttempts(tx, at, batch));
    },
  },
};
