import type { ChangeGroup } from '../../../../views/console/organization-file/preview.tsx';
import type { ApplyResult } from '../../../administration/organization-file/apply/apply.ts';
import type { Kind } from '../../../administration/organization-file/apply/plan.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';

export type Applied = Extract<ApplyResult, { ok: true }>;

/** Names of each kind and outcome; the others are counted. */
const NAMED = 50;

const KINDS: Readonly<Record<Kind, string>> = {
  organizations: 'Organization',
  instances: 'Instance',
  groups: 'Groups',
  users: 'Users',
  memberships: 'Memberships',
  consoleAccess: 'Console access',
  mfaDevices: 'MFA devices',
  trustedDevices: 'Trusted browsers',
  applications: 'Applications',
  certificates: 'Certificates',
  assignments: 'Assignments',
};

/** The changes of a file by kind and outcome, those that delete first. */
export function shownChanges({ counts, changes, removals }: Applied): ChangeGroup[] {
  const names = (kind: Kind, wanted: ChangeGroup['outcome']) =>
    (wanted === 'deleted' ? removals : changes.filter(({ outcome }) => outcome === wanted))
      .filter((each) => each.kind === kind)
      .slice(0, NAMED)
      .map(({ name }) => name);
  const kinds = Object.keys(KINDS) as Kind[]; // its own keys
  const groups = (['deleted', 'created', 'updated'] as const).flatMap((outcome) =>
    kinds.map((kind) => ({
      ...{ kind: KINDS[kind], outcome, names: names(kind, outcome) },
      count: counts[kind][outcome === 'deleted' ? 'removed' : outcome],
    })),
  );
  return groups.filter(({ count }) => count > 0);
}

/** Tells whether two previews say the same. */
export function digestOf(sealer: Sealer, { counts, changes, removals }: Applied): string {
  return sealer.mac('organization-file', JSON.stringify([counts, changes, removals]));
}
