import type { AccountMenuProps } from '../../views/components/account-menu.tsx';
import { AdministratorPage } from '../../views/idp/administrator/page.tsx';
import type { User } from '../directory/user.ts';
import type { Ctx } from '../http/context.ts';
import { encodePost } from '../saml/bindings/post.ts';
import type { Visit } from '../visit/visit.ts';
import { describeResponse } from './administrator-props.ts';
import { explain, type AnsweredRequest } from './explain.ts';
import { issueContext, type ApplicationVisit, type IdpNeeds } from './flow.ts';
import type { Issued } from './issue.ts';

/** What pages of the portal show of whoever is signed in. */
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

/**
 * Shows a response that was issued to its person, who sends it, or doesn't (guide, "Issues regarding contents of SAML
 * assertions"). What is shown is read from the document that is sent.
 */
export async function showAdministrator(
  needs: IdpNeeds,
  ctx: Ctx,
  at: ApplicationVisit,
  issued: Issued,
  answered: AnsweredRequest | null,
): Promise<void> {
  const { visit, application } = at;
  const explained = await explain(issueContext(at), issued, answered);
  if (!explained) throw new Error('A response was issued that can’t be read again.');
  const resumed = await needs.sessions.current(ctx, visit);
  const portal = resumed
    ? portalOf(needs, ctx, visit, resumed.user)
    : { homeHref: `/${visit.reference}/start` };
  const { xml, acsUrl, relayState } = issued;
  const described = describeResponse(explained, application, answered, visit.times.policyAt);
  needs.show(
    ctx,
    visit,
    (page) => (
      <AdministratorPage
        {...{ page, ...portal, xml, acsUrl, relayState, ...described }}
        applicationName={application.displayName}
        icon={application.settings.icon}
        samlResponse={encodePost(xml)}
        fileName={`${application.key}-response.xml`}
      />
    ),
    { formAction: 'anywhere' },
  );
}
