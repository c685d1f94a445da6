import type { User } from '../../../domain/directory/user.ts';
import type { ApplicationVisit, IdpNeeds } from '../application-visit.ts';
import { keepRefused } from '../exchanges/refused-store.ts';
import type { Finding } from './findings.ts';

/** A sign-on that ends with a page for the user, without a response. */
export interface RefusedSignOn {
  reason: string;
  message: string;
  user?: User | undefined;
  /** The service provider's request as far as it could be read; null when the sign-on began in the portal. */
  request: {
    readonly xml: string | null;
    readonly relayState: string | null;
    readonly findings?: readonly Finding[] | undefined;
  } | null;
}

/** A request of which nothing could be read. */
export const UNREAD = { xml: null, relayState: null } as const;

/** Records a sign-on that ended with a page for the user: as an event and, within bounds, among the exchanges. */
export async function recordRefusal(
  needs: Pick<IdpNeeds, 'db' | 'record' | 'ids' | 'sealer' | 'nextExchange'>,
  { visit, application }: ApplicationVisit,
  { reason, message, user, request }: RefusedSignOn,
): Promise<void> {
  const { instance } = visit;
  const { directoryId } = instance;
  const event = {
    name: 'Federate',
    user: user ? { id: user.id, userName: user.userName, directoryId } : null,
    details: { application_id: application.id, reason },
    failure: { code: user ? 'AccessDenied' : 'SamlRequestRefused', message },
  } as const;
  const refused = {
    ...{ id: needs.ids.uuid(), instanceId: instance.id, applicationId: application.id },
    sequence: needs.nextExchange(),
    user: user ? { id: user.id, userName: user.userName } : null,
    initiatedBy: request ? ('service-provider' as const) : ('identity-provider' as const),
    ...{ reason, message, findings: request?.findings ?? [], at: visit.origin.at },
    ...{ requestXml: request?.xml ?? null, relayState: request?.relayState ?? null },
  };
  await needs.db.transaction(async (tx) => {
    await needs.record(tx, visit.history, event, visit.origin);
    await keepRefused(tx, needs.sealer, instance.settings.exchanges.content, refused);
  });
}
