import type { Ctx } from '../../foundation/http/context.ts';
import type { Clock } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { Ids } from '../../foundation/platform/ids.ts';
import type { Database } from '../../foundation/storage/database.ts';
import type { ShowPage } from '../../flows/visit/pages.ts';
import type { SessionCookie } from '../../flows/visit/session-cookie.ts';
import type { Visit, Visits } from '../../flows/visit/visit.ts';
import { findSample, sampleAddresses, type Sample, type SampleAddresses } from './samples.ts';
import { findTrust, type Trust } from './trust.ts';

/**
 * What the samples need. As service providers they are separate parties, and know nothing of the portal's session: only
 * the page that explains a sign-on reads it.
 */
export interface SampleNeeds {
  db: Database;
  ids: Ids;
  clock: Clock;
  visits: Visits;
  sessions: Pick<SessionCookie, 'current'>;
  show: ShowPage;
  /** The origin of the public URL. */
  publicOrigin: string;
  sealer: Sealer;
  /** Whether browsers reach us by https. */
  https: boolean;
}

/** A browser's request to a sample of a directory. */
export interface SampleVisit {
  visit: Visit;
  sample: Sample;
  addresses: SampleAddresses;
}

/** The sample in a path. Throws a ResourceNotFoundException, even for a path with the directory's alias. */
export async function openSample(
  needs: SampleNeeds,
  ctx: Ctx,
  params: { sample: string; directory: string },
): Promise<SampleVisit> {
  const sample = findSample(params.sample);
  if (!sample) throw notFound(`A sample service provider called “${params.sample}”`);
  const visit = await needs.visits.open(ctx, params.directory);
  const { directoryId } = visit.instance;
  // Service providers compare addresses exactly, so only the one with the directory's id is served.
  if (visit.reference !== directoryId) throw notFound(`A directory with the id ${params.directory}`);
  return {
    visit,
    sample,
    addresses: sampleAddresses(sample, { publicOrigin: needs.publicOrigin, directoryId }),
  };
}

/** The identity provider that the sample trusts; undefined when no application has it as its service provider. */
export function trustOf(needs: SampleNeeds, { visit, addresses }: SampleVisit): Promise<Trust | undefined> {
  const { db, publicOrigin } = needs;
  return findTrust(db.read, visit.instance, { sampleEntityId: addresses.entityId, publicOrigin });
}
