import { ORGANIZATIONS_PATH } from './operator.ts';

/** Where an operator enables an organization's identity centre. */
export const enablePath = (organizationId: string): string =>
  `${ORGANIZATIONS_PATH}/${organizationId}/console`;

/** Where an operator makes another organization. */
export const CREATE_PATH = `${ORGANIZATIONS_PATH}/create`;
