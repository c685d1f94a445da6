import { z } from 'zod';
import { findApplicationBy } from '../../../../administration/operations/applications.ts';
import {
  diagnoseUser,
  presentDiagnosis,
} from '../../../../administration/operations/diagnosis/diagnose-user.ts';
import { FINDING_CODES, PLACES } from '../../../../administration/operations/diagnosis/finding.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { organizationParams, reference, searched } from '../../contract/schemas.ts';

const diagnosisView = z
  .strictObject({
    canSignIn: z.boolean().describe('Whether nothing stops it.'),
    conclusion: z.string().describe('In a sentence: nothing stops it, or the first cause.'),
    user: z.strictObject({ id: z.string(), userName: z.string() }).nullable(),
    application: z.strictObject({ id: z.string(), displayName: z.string() }),
    findings: z
      .array(
        z.strictObject({
          code: z.enum(FINDING_CODES),
          verdict: z.enum(['ok', 'warns', 'stops']),
          label: z.string().describe('What was looked at, such as `Password`.'),
          text: z.string().describe('What was found.'),
          change: z.string().nullable().describe('What to do about it.'),
          where: z.enum(PLACES).nullable().describe('The page of the console where it is.'),
        }),
      )
      .describe('The facts one by one; the first that stops is the cause that the conclusion names.'),
  })
  .meta({ id: 'Diagnosis' });

/** The operation that says why somebody can’t sign in. */
export function diagnosisRoutes(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'getDiagnosis',
      method: 'GET',
      path: '/organizations/:organization/diagnosis',
      summary:
        'Says why a user can’t sign in to an application: in a browser without a session, that begins at the portal.',
      params: organizationParams,
      query: z.strictObject({
        user: searched
          .unwrap()
          .describe('The user’s name or id. A name that no user has is a cause, and no error.'),
        application: reference.describe('The application’s key or id.'),
      }),
      status: 200,
      returns: diagnosisView,
      async respond(caller, { params, query }) {
        const opened = await openInstance(needs, caller, params.organization);
        const application = await findApplicationBy(needs.db.read, opened.instance, query.application);
        return presentDiagnosis(await diagnoseUser(needs, opened, query.user, application));
      },
    }),
  ];
}
