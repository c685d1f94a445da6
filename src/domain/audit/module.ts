import type { DomainModule } from '../organizations/trims.ts';
import { trimEventBytes, trimEvents } from './store.ts';

export const auditModule: DomainModule = {
  trims: {
    organization: async ({ organization: { id }, retention, trimAll }) => {
      await trimAll((tx, batch) => trimEvents(tx, id, retention.events, batch));
      await trimAll((tx, batch) => trimEventBytes(tx, id, retention.eventBytes, batch));
    },
  },
};
