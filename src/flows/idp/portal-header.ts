import type { AccountMenuProps } from '../../../views/components/account-menu.tsx';
import type { User } from '../../domain/directory/user.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import type { Visit } from '../visit/visit.ts';
import type { IdpNeeds } from './application-visit.ts';

/** The header that pages in the portal's style show to a signed-in user. */
export function portalOf(
  needs: IdpNeeds,
  ctx: Ctx,
  visit: Visit,
  { displayName, userName, email }: User,
): { homeHref: string; account: AccountMenuProps } {
  return {
    homeHref: `/${visit.reference}/start`,
    account: {
      user: { displayName, userName, email },
      signOutAction: `/${visit.reference}/signout`,
      csrf: needs.csrf.token(needs.visits.browser(ctx, visit).secret),
    },
  };
}
