import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';

/** The address of the user portal, as users are told it. */
export const portalUrlOf = (
  { publicOrigin }: Pick<ConsoleNeeds, 'publicOrigin'>,
  { instance }: Pick<ConsoleVisit, 'instance'>,
): string => `${publicOrigin}/${instance.alias ?? instance.directoryId}/start`;
