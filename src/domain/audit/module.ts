import type { DomainModule } from '../organizations/trims.ts';
import { trimEvents } from './store.ts';

export const auditModule: DomainModule = {
  trims: {
    organization: ({ organization, retention, trimAll }) =>
      trimAll((tx, batch) => trimEvents(tx, organization.id, retention.events, batch)),
  },
};
