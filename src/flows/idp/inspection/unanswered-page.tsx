import { UnansweredPage } from '../../../../views/idp/administrator/unanswered.tsx';
import type { Ctx } from '../../../foundation/http/context.ts';
import { encodePost } from '../../../protocols/saml/bindings/post.ts';
import type { UnansweredHost } from '../../visit/unanswered-host.ts';
import { issueContext, type ApplicationVisit, type IdpNeeds } from '../application-visit.ts';
import type { Issued } from '../responses/issue.ts';
import { explain } from './explain.ts';
import { describeResponse } from './inspection-props.ts';

/**
 * Shows an issued response instead of posting it to a host where nobody answers. Its form is that of the delivery page,
 * for programs that read it.
 */
export async function showUnanswered(
  needs: IdpNeeds,
  ctx: Ctx,
  applicationVisit: ApplicationVisit,
  { xml, acsUrl, relayState }: Issued,
  unanswered: UnansweredHost,
): Promise<void> {
  const { visit, application } = applicationVisit;
  const explained = await explain(issueContext(applicationVisit), { xml, acsUrl, relayState }, null);
  if (!explained) throw new Error('A response was issued that can’t be read again.');
  const described = describeResponse(explained, application, null, visit.times.policyAt);
  needs.show(
    ctx,
    visit,
    (page) => (
      <UnansweredPage
        {...{ page, xml, acsUrl, relayState, unanswered, ...described }}
        homeHref={`/${visit.reference}/start`}
        applicationName={application.displayName}
        icon={application.settings.icon}
        samlResponse={encodePost(xml)}
        fileName={`${application.key}-response.xml`}
      />
    ),
    { formAction: 'anywhere' },
  );
}
