import type { Tab } from '../../../../views/components/console/tabs.tsx';
import type { UserId } from '../../../foundation/platform/ids.ts';

/** The tabs of a user's page, in their order. */
export function userTabs(homeHref: string, userId: UserId): Tab[] {
  const href = `${homeHref}/users/${userId}`;
  return [
    { label: 'Profile', href },
    { label: 'Groups', href: `${href}/groups` },
    { label: 'MFA devices', href: `${href}/mfa-devices` },
    { label: 'Sessions', href: `${href}/sessions` },
  ];
}
