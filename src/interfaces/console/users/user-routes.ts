import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { addUserRoutes } from './add.tsx';
import { editUserRoutes } from './edit.tsx';
import { userGroupRoutes } from './groups.tsx';
import { userListRoutes } from './list.tsx';
import { mfaDeviceRoutes } from './mfa-devices.tsx';
import { userPasswordRoutes } from './password.tsx';
import { profileRoutes } from './profile.tsx';
import { registerMfaDeviceRoutes } from './register-mfa-device.tsx';
import { selectedUserRoutes } from './selected.tsx';
import { userSessionRoutes } from './sessions.tsx';
import { userStatusRoutes } from './status.tsx';

/** The pages of users (guide, “Manage identities in AWS SSO”). */
export function userRoutes(needs: ConsoleNeeds): Mount {
  const parts = [
    userListRoutes(needs),
    // Before the pages that have a user's id in the same place.
    ...[addUserRoutes(needs), selectedUserRoutes(needs)],
    ...[profileRoutes(needs), editUserRoutes(needs), userPasswordRoutes(needs), userStatusRoutes(needs)],
    ...[userGroupRoutes(needs), userSessionRoutes(needs)],
    ...[mfaDeviceRoutes(needs), registerMfaDeviceRoutes(needs)],
  ];
  return (router) => {
    for (const mount of parts) mount(router);
  };
}
