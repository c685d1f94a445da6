import type { Context } from '../../../domain/audit/actor.ts';
import type { VerifyToken } from '../../../foundation/http/bearer-token.ts';
import type { Caller } from '../../../foundation/http/caller.ts';
import {
  openInstance as openInstanceFor,
  openOrganization as openOrganizationFor,
  type OpenedInstance,
  type OpenedOrganization,
  type OperationNeeds,
} from '../../../administration/operations/open-organization.ts';
import type { ApplyOrganizationFile } from '../../../administration/organization-file/apply/apply.ts';

export interface ControlNeeds extends OperationNeeds {
  verifyToken: VerifyToken;
  applyOrganizationFile: ApplyOrganizationFile;
}

/** The context of operations that a client of this API performs. */
export function asOperator(caller: Caller): Omit<Context, 'at'> {
  return { ...caller, actor: { type: 'operator', name: 'control-api' } };
}

/** Opens the organization that a path refers to. Throws ResourceNotFoundException. */
export function openOrganization(
  needs: ControlNeeds,
  caller: Caller,
  reference: string,
): Promise<OpenedOrganization> {
  return openOrganizationFor(needs, asOperator(caller), reference);
}

/**
 * Opens the instance of the organization that a path refers to. Throws ResourceNotFoundException, also when
 * the organization has none.
 */
export function openInstance(
  needs: ControlNeeds,
  caller: Caller,
  reference: string,
): Promise<OpenedInstance> {
  return openInstanceFor(needs, asOperator(caller), reference);
}
