import type { DomainModule } from '../organizations/trims.ts';
import { trimMailBytes, trimMails } from './store.ts';

export const mailModule: DomainModule = {
  trims: {
    organization: async ({ organization: { id }, retention, trimAll }) => {
      await trimAll((tx, batch) => trimMails(tx, id, retention.mails, batch));
      await trimAll((tx, batch) => trimMailBytes(tx, id, retention.mailBytes, batch));
    },
  },
};
