import type { Ctx } from '../../foundation/http/context.ts';
import type { Clock } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { Ids } from '../../foundation/platform/ids.ts';
import type { Database } from '../../foundation/storage/database.ts';
import type { ShowPage } from '../../flows/visit/pages.ts';
import type { Visit, Visits } from '../../flows/visit/visit.ts';
import { findSample, sampleAddresses, type Sample, type SampleAddresses } from './samples.ts';
import { findTrust, type Trust } from './trust.ts';

/** What the samples need. Nothing of it knows the portal's session: a service provider is another party. */
export interface SampleNeeds {
  db: Database;
  ids: Ids;
  clock: Clock;
  visits: Visits;
  show: ShowPage;
  /** The origin of the public URL. */
  publicOrigin: string;
  sealer: Sealer;
  /** Whether browsers reach us by https. */
  https: boolean;
}

/** Somebody's request to a sample of a directory. */
export interface SampleVisit {
  visit: Visit;
  sample: Sample;
  addresses: SampleAddresses;
}

/** The sample that an address names. Throws ResourceNotFoundException, also for an address with the alias in it. */
export async function openSample(
  needs: SampleNeeds,
  ctx: Ctx,
  params: { sample: string; directory: string },
): Promise<SampleVisit> {
  const sample = findSample(params.sample);
  if (!sample) throw notFound(`A sample service provider called “${params.sample}”`);
  const visit = await needs.visits.open(ctx, params.directory);
  const { directoryId } = visit.instance;
  // Addresses of a service provider are compared letter for letter: there is one of each.
  if (visit.reference !== directoryId) throw notFound(`A directory with the id ${params.directory}`);
  return {
    visit,
    sample,
    addresses: sampleAddresses(sample, { publicOrigin: needs.publicOrigin, directoryId }),
  };
}

/** The identity provider that this sample trusts. */
export function trustOf(needs: SampleNeeds, { visit, addresses }: SampleVisit): Promise<Trust | undefined> {
  const { db, publicOrigin } = needs;
  return findTrust(db.read, visit.instance, { sampleEntityId: addresses.entityId, publicOrigin });
}
