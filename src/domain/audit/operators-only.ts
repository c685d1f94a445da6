import type { Operation } from './operations.ts';

/** Operations for operators of the server alone, each with the reason that an administrator reads. */
export const OPERATORS_ONLY: Readonly<Partial<Record<Operation, string>>> = {
  CreateOrganization: 'only an operator of the server adds organizations',
  DeleteOrganization: 'only an operator of the server deletes organizations',
  // It sets all settings to their defaults, also those that are operators', and deletes the administrator.
  ResetOrganization: 'only an operator of the server empties organizations',
  // There is no administrator of an instance that doesn't exist yet.
  StartSSO: 'only an operator of the server enables an identity centre',
};
