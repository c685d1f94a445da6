import type { Context } from '../../../domain/audit/actor.ts';
import type { Caller } from '../../../foundation/http/caller.ts';
import {
  openInstance as openInstanceFor,
  openOrganization as openOrganizationFor,
  type OpenedInstance,
  type OpenedOrganization,
  type OperationNeeds,
} from '../../../administration/operations/open-organization.ts';
import type { ApplyOrganizationFile } from '../../../administration/organization-file/apply/apply.ts';

/** What the routes of the control API need. */
export interface ControlNeeds extends OperationNeeds {
  /** Whether this is the API token, in a time that doesn't tell how much of it is right. */
  verifyToken(token: string): boolean;
  applyOrganizationFile: ApplyOrganizationFile;
}

/** Who asks, for what this API does. */
export function asOperator(caller: Caller): Omit<Context, 'at'> {
  return { ...caller, actor: { type: 'operator', name: 'control-api' } };
}

/** The organization that an address names. Throws a ResourceNotFoundException. */
export function openOrganization(
  needs: ControlNeeds,
  caller: Caller,
  reference: string,
): Promise<OpenedOrganization> {
  return openOrganizationFor(needs, asOperator(caller), reference);
}

/** The identity centre of the organization that an address names. Throws a ResourceNotFoundException without one. */
export function openInstance(
  needs: ControlNeeds,
  caller: Caller,
  reference: string,
): Promise<OpenedInstance> {
  return openInstanceFor(needs, asOperator(caller), reference);
}
