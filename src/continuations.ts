import { findApplication } from './applications/store.ts';
import { addressesOf, continuePath } from './idp/addresses.ts';
import { findPendingRequest } from './idp/pending-requests.ts';
import type { ApplicationId } from './platform/ids.ts';
import type { Continuations } from './signin/flow.ts';
import type { Database } from './storage/database.ts';
import type { Visit } from './visit/visit.ts';

/** Joins the end of a sign-in to what it was begun for, so that signing in never learns about SAML. */
export function createContinuations({
  db,
  publicOrigin,
}: {
  db: Database;
  publicOrigin: string;
}): Continuations {
  const nameOf = async (visit: Visit, id: ApplicationId) => {
    const application = await findApplication(db.read, visit.instance.id, id);
    return application && { applicationName: application.displayName };
  };
  return {
    async describe(visit, { kind, ref }) {
      const { instance, reference, times } = visit;
      switch (kind) {
        case 'saml': {
          const pending = await findPendingRequest(db.read, instance.id, ref, times.policyAt);
          const path = continuePath(instance.directoryId, ref);
          return { path, ...(pending && (await nameOf(visit, pending.applicationId))) };
        }
        case 'application': {
          const id = ref as ApplicationId; // written by idp/answer.tsx from an application
          const { ssoUrl } = addressesOf(publicOrigin, instance.directoryId, id);
          return { path: new URL(ssoUrl).pathname, ...(await nameOf(visit, id)) };
        }
        default:
          return { path: `/${reference}/start` };
      }
    },
  };
}
