import type { ApplyOrganizationFile } from '../../../administration/organization-file/apply/apply.ts';
import type { OperationNeeds } from '../../../administration/operations/open-organization.ts';
import type { Caller, ClassroomNeeds } from '../../../administration/classroom/needs.ts';
import { callerOf } from '../../../foundation/http/caller.ts';
import type { Ctx } from '../../../foundation/http/context.ts';
import { ORGANIZATIONS_PATH, type OperatorNeeds } from '../operators/operator.ts';

/** What the pages about classes need. */
export interface ClassroomPageNeeds extends OperatorNeeds, OperationNeeds {
  applyOrganizationFile: ApplyOrganizationFile;
}

export const CLASSROOMS_PATH = `${ORGANIZATIONS_PATH}/classrooms`;

/** The needs of work that goes on after the answer. */
export const workNeeds = (needs: ClassroomPageNeeds, { state: { log, requestId } }: Ctx): ClassroomNeeds => ({
  ...needs,
  onFailure: (err) => {
    log.error({ requestId, err }, 'work on a class failed');
  },
});

export const asOperator = (ctx: Ctx): Caller => ({
  ...callerOf(ctx),
  actor: { type: 'operator', name: 'console' },
});
