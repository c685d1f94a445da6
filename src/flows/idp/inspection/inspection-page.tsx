import { AdministratorPage } from '../../../../views/idp/administrator/page.tsx';
import type { Ctx } from '../../../foundation/http/context.ts';
import { encodePost } from '../../../protocols/saml/bindings/post.ts';
import { describeResponse } from './inspection-props.ts';
import { explain, type AnsweredRequest } from './explain.ts';
import { issueContext, type ApplicationVisit, type IdpNeeds } from '../application-visit.ts';
import type { Issued } from '../responses/issue.ts';
import { portalOf } from '../portal-header.ts';

/**
 * Shows an issued response to the user, who may then send it (guide, "Issues regarding contents of SAML
 * assertions"). What is shown is read from the document that is sent.
 */
export async function showInspection(
  needs: IdpNeeds,
  ctx: Ctx,
  applicationVisit: ApplicationVisit,
  issued: Issued,
  answered: AnsweredRequest | null,
): Promise<void> {
  const { visit, application } = applicationVisit;
  const explained = await explain(issueContext(applicationVisit), issued, answered);
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
