import type { InstanceId } from '../../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import type { Logo } from './logo.ts';

/** The octets of an instance's logo with this hash; undefined when it has none, or another one by now. */
export async function findLogoOctets(
  queries: Queries,
  instanceId: InstanceId,
  sha256: string,
): Promise<Buffer | undefined> {
  const row = await queries
    .selectFrom('logos')
    .select('base64')
    .where('instance_id', '=', instanceId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row && Buffer.from(row.base64, 'base64');
}

/** Replaces the octets of an instance's logo; null removes them. */
export async function replaceLogoRow(tx: Tx, instanceId: InstanceId, logo: Logo | null): Promise<void> {
  await tx.deleteFrom('logos').where('instance_id', '=', instanceId).execute();
  if (logo === null) return;
  const { sha256, octets } = logo;
  await tx
    .insertInto('logos')
    .values({ instance_id: instanceId, sha256, base64: octets.toString('base64') })
    .execute();
}
