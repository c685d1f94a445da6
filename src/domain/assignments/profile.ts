import { derivedIds, type ApplicationId } from '../../foundation/platform/ids.ts';

/**
 * The profile of an application. In AWS principals are associated with a profile and not with the application itself;
 * AWS makes it when the first one is assigned. Here an application has one profile from its creation to its deletion,
 * which is nothing but a name in events.
 */
export const profileIdOf = (applicationId: ApplicationId): string =>
  `p-${derivedIds('profile', applicationId).hex(16)}`;

/** The details of an operation on an application's profile. */
export const profileDetails = (applicationId: ApplicationId) => ({
  requestParameters: { instanceId: applicationId, profileId: profileIdOf(applicationId) },
});
