import type { Context } from '../../domain/audit/actor.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import type { OperationNeeds } from '../operations/open-organization.ts';
import type { ApplyOrganizationFile } from '../organization-file/apply/apply.ts';
import type { HeartbeatNeeds } from '../bulk-import/heartbeat.ts';

/** What work on a class needs. */
export interface ClassroomNeeds extends OperationNeeds, Pick<HeartbeatNeeds, 'every'> {
  readonly applyOrganizationFile: ApplyOrganizationFile;
  /** Called when the work fails for a reason that isn't the operator's; the class itself doesn't say the reason. */
  onFailure(error: unknown): void;
}

/** Who asks. */
export type Caller = Omit<Context, 'at'>;

/**
 * Throws AccessDeniedException for anybody but an operator: a class belongs to the server and to no organization, so
 * there is no history and no command that would ask.
 */
export function assertOperator({ actor }: Caller): void {
  if (actor.type !== 'operator') {
    throw new AppError('AccessDeniedException', 'Only an operator of the server has classes.');
  }
}
