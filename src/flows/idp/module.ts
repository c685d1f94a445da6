import { listApplicationIds } from '../../domain/applications/store.ts';
import type { InstanceRound } from '../../domain/organizations/trims.ts';
import { MINUTE_MS } from '../../foundation/platform/clock.ts';
import type { FeatureModule } from '../visit/feature-module.ts';
import type { IdpNeeds } from './application-visit.ts';
import { idpContinuations } from './continuations.ts';
import { applicationsWithSurplus, trimRefused } from './exchanges/refused-store.ts';
import { trimExchangeBytes, trimExchanges } from './exchanges/store.ts';
import { rehearsalRoutes } from './rehearsal/routes.tsx';
import {
  trimPendingRequests,
  trimRequestBytes,
  trimSurplusRequests,
} from './requests/pending-request-store.ts';
import { trimRequestIds, trimSurplusRequestIds } from './requests/seen-request-store.ts';
import { idpRoutes } from './routes.ts';

/** How long request IDs are remembered: longer than a request is accepted, so that it can't be replayed. */
const REQUEST_ID_AGE_MS = 15 * MINUTE_MS;

export const idpModule: FeatureModule<IdpNeeds> = {
  routes: (needs) => [idpRoutes(needs), rehearsalRoutes(needs)],
  continuations: idpContinuations,
  trims: { instance: trimTraffic },
};

async function trimTraffic({ queries, instance, times, retention, trimAll }: InstanceRound): Promise<void> {
  const { id: instanceId } = instance;
  const { exchangesPerApplication, exchangeBytesPerApplication: exchangeBytes } = retention;
  const { requestsPerApplication, requestBytesPerApplication: requestBytes } = retention;
  const oldest = times.wireAt - REQUEST_ID_AGE_MS;
  await trimAll((tx, batch) => trimPendingRequests(tx, instanceId, times.policyAt, batch));
  for (const applicationId of await listApplicationIds(queries, instanceId)) {
    await trimAll((tx, batch) => trimSurplusRequests(tx, applicationId, requestsPerApplication, batch));
    await trimAll((tx, batch) => trimRequestBytes(tx, applicationId, requestBytes, batch));
    await trimAll((tx, batch) => trimRequestIds(tx, applicationId, oldest, batch));
    await trimAll((tx, batch) => trimSurplusRequestIds(tx, applicationId, requestsPerApplication, batch));
    await trimAll((tx, batch) => trimExchanges(tx, applicationId, exchangesPerApplication, batch));
    await trimAll((tx, batch) => trimExchangeBytes(tx, applicationId, exchangeBytes, batch));
  }
  for (const applicationId of await applicationsWithSurplus(queries, instanceId))
    await trimAll((tx, batch) => trimRefused(tx, { instanceId, applicationId }, batch));
  await trimAll((tx, batch) => trimRefused(tx, { instanceId }, batch));
}
