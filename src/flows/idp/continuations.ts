import { findApplication } from '../../domain/applications/store.ts';
import type { ApplicationId } from '../../foundation/platform/ids.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { INSPECTION_WORD } from '../visit/inspection-mode.ts';
import type { Visit } from '../visit/visit.ts';
import { continuePath, ssoPath } from './addresses.ts';
import { findPendingApplication, SAML_CONTINUATION } from './requests/pending-request-store.ts';

/** Where a sign-in that an application started continues: the saved request, or the sign-on without one. */
export function idpContinuations({ db }: { db: Database }) {
  const named = async (visit: Visit, path: string, id: ApplicationId) => {
    const application = await findApplication(db.read, visit.instance.id, id);
    return application ? { path, applicationName: application.displayName } : { path };
  };
  return {
    async [SAML_CONTINUATION](visit: Visit, ref: string) {
      const { instance, times } = visit;
      const path = continuePath(instance.directoryId, ref);
      const id = await findPendingApplication(db.read, instance.id, ref, times.policyAt);
      // The path has the request's token.
      if (id === undefined) return { path, recordedPath: `/${instance.directoryId}/start` };
      return { ...(await named(visit, path, id)), recordedPath: ssoPath(instance.directoryId, id) };
    },
    async application(visit: Visit, ref: string) {
      const id = ref as ApplicationId; // the cast is safe: answer.tsx writes an application's id
      return named(visit, ssoPath(visit.instance.directoryId, id), id);
    },
    async administrator(visit: Visit, ref: string) {
      const id = ref as ApplicationId; // the cast is safe: answer.tsx writes an application's id
      return named(visit, `${ssoPath(visit.instance.directoryId, id)}?${INSPECTION_WORD}`, id);
    },
  };
}
