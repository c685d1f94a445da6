import type { DomainModule } from '../organizations/trims.ts';
import { trimMails } from './store.ts';

export const mailModule: DomainModule = {
  trims: {
    organization: ({ organization, retention, trimAll }) =>
      trimAll((tx, batch) => trimMails(tx, organization.id, retention.mails, batch)),
  },
};
