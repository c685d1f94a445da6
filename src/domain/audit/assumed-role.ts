import { toIsoSeconds } from '../../foundation/platform/clock.ts';
import { derivedIds } from '../../foundation/platform/ids.ts';
import type { Administrator } from './actor.ts';

/** The permission sets that AWS has for the two kinds of access; their roles have these names. */
const PERMISSION_SETS = { full: 'AdministratorAccess', 'read-only': 'ReadOnlyAccess' } as const;

const ROLE_ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The userIdentity of an administrator: as in AWS, somebody who came through the user portal, and whose session has the
 * user's name, in a role of the management account. The role's name and id are derived from the directory, so all
 * events of an instance name the same role.
 */
export function assumedRoleIdentity(actor: Administrator, region: string): Record<string, unknown> {
  const { accountId, directoryId, userName } = actor;
  const permissionSet = PERMISSION_SETS[actor.access];
  const ids = derivedIds('console-role', directoryId, permissionSet);
  const roleName = `AWSReservedSSO_${permissionSet}_${ids.hex(16)}`;
  const roleId = `AROA${[...Buffer.from(ids.hex(34), 'hex')].map((byte) => ROLE_ID_LETTERS[byte % 32]).join('')}`;
  // Outside of us-east-1 the path has the region.
  const path = `aws-reserved/sso.amazonaws.com/${region === 'us-east-1' ? '' : `${region}/`}`;
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${userName}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${userName}`,
    accountId,
    accessKeyId: '',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId,
        arn: `arn:aws:iam::${accountId}:role/${path}${roleName}`,
        accountId,
        userName: roleName,
      },
      webIdFederationData: {},
      attributes: {
        mfaAuthenticated: String(actor.withMfa),
        creationDate: toIsoSeconds(actor.signedInAt),
      },
    },
  };
}
