import type { Instant } from '../../foundation/platform/clock.ts';
import type { ApplicationId, CertificateId, InstanceId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';

/** An active certificate that ends soon, and the application whose responses are signed with it. */
export interface ExpiringCertificate {
  readonly id: CertificateId;
  readonly applicationId: ApplicationId;
  readonly displayName: string;
  readonly notAfterAt: Instant;
}

/**
 * The active certificates of enabled applications that end by an instant, and after another if that is given, at most
 * `max`: those that end first.
 */
export async function listExpiringCertificates(
  queries: Queries,
  instanceId: InstanceId,
  { after = 0, by }: { readonly after?: Instant; readonly by: Instant },
  max: number,
): Promise<ExpiringCertificate[]> {
  const rows = await queries
    .selectFrom('certificates')
    .innerJoin('applications', 'applications.id', 'certificates.application_id')
    .select(['certificates.id', 'certificates.application_id', 'certificates.not_after_at'])
    .select('applications.display_name')
    .where('certificates.instance_id', '=', instanceId)
    .where('certificates.is_active', '=', 1)
    .where('certificates.not_after_at', '>', after)
    .where('certificates.not_after_at', '<=', by)
    .where('applications.enabled', '=', 1)
    .orderBy('certificates.not_after_at')
    .orderBy('certificates.id')
    .limit(max)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, applicationId: row.application_id },
    ...{ displayName: row.display_name, notAfterAt: row.not_after_at },
  }));
}
