import type { Work } from '../../audit/commands.ts';
import { assertVersion, changedMeanwhile } from '../change.ts';
import { findInstanceOf, updateLogoSummary } from '../instance-store.ts';
import type { Instance } from '../organization.ts';
import { replaceLogoRow } from './logo-store.ts';
import { summaryOf, type Logo } from './logo.ts';

/**
 * Sets an instance's logo; null removes it. The event has the hash and not the octets. Throws ConflictException when
 * the instance changed since it was read or isn't at `expectedVersion`.
 */
export async function setLogo(
  work: Work,
  instance: Instance,
  logo: Logo | null,
  expectedVersion?: number,
): Promise<Instance> {
  const summary = logo && summaryOf(logo);
  const details = { requestParameters: { instanceId: instance.id, logo: summary } };
  return work.perform('UpdateInstance', details, async (tx) => {
    assertVersion('The instance', instance.version, expectedVersion);
    const changed = { ...instance, logo: summary, version: instance.version + 1 };
    // First, because it locks the row: two logos at once would otherwise both insert theirs.
    if (!(await updateLogoSummary(tx, changed, instance.version))) {
      const present = await findInstanceOf(tx, instance.organization.id);
      throw changedMeanwhile('The instance', present?.version);
    }
    await replaceLogoRow(tx, instance.id, logo);
    return changed;
  });
}
