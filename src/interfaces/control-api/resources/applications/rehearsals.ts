import { z } from 'zod';
import { cancelRehearsals } from '../../../../domain/certificates/rehearsal-commands.ts';
import { listRehearsals } from '../../../../domain/certificates/rehearsal-store.ts';
import { findApplicationBy } from '../../../../administration/operations/applications.ts';
import { rehearse } from '../../../../administration/operations/certificates.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { type CertificateId, asId } from '../../../../foundation/platform/ids.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { applicationParams } from './application-view.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant, listOf, reference } from '../../contract/schemas.ts';

const REHEARSAL = '/organizations/:organization/applications/:application/certificates/rehearsal';

const rehearsalInput = z.strictObject({
  certificate: reference
    .transform(asId<CertificateId>)
    .optional()
    .describe('The id of the inactive certificate. Absent: the only one.'),
});

const startedView = z
  .strictObject({
    url: z.string().describe('Open it in a browser and use the button there: that browser then rehearses.'),
    certificateId: z.string(),
    expiresAt: instant,
  })
  .meta({ id: 'StartedRehearsal' });

const rehearsalView = z
  .strictObject({
    certificateId: z.string(),
    status: z.enum(['offered', 'running']).describe('running: a browser has accepted the link.'),
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'Rehearsal' });

/** The operations on rehearsals, which try a rotation in one browser first. */
export function rehearsalRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'startRehearsal',
      method: 'POST',
      path: REHEARSAL,
      summary:
        'Creates a link with which one browser gets responses signed with the inactive certificate, for an hour.',
      params: applicationParams,
      json: rehearsalInput,
      example: {},
      refuses: { 409: 'There is no inactive certificate, or the certificate is the active one.' },
      status: 201,
      returns: startedView,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        const started = await rehearse(needs, opened, params.application, json.certificate);
        return { ...started, expiresAt: toIso(started.expiresAt) };
      },
    }),
    route({
      id: 'listRehearsals',
      method: 'GET',
      path: REHEARSAL,
      summary: 'Lists the unexpired rehearsals of an application, newest first.',
      params: applicationParams,
      status: 200,
      returns: listOf(rehearsalView),
      async respond(caller, { params }) {
        const { instance, times } = await openInstance(needs, caller, params.organization);
        const { id } = await findApplicationBy(db.read, instance, params.application);
        const all = await listRehearsals(db.read, instance.id, id, times.policyAt);
        const items = all.map(({ certificateId, taken, createdAt, expiresAt }) => ({
          certificateId,
          status: taken ? ('running' as const) : ('offered' as const),
          ...{ createdAt: toIso(createdAt), expiresAt: toIso(expiresAt) },
        }));
        return { items, cursor: null };
      },
    }),
    route({
      id: 'endRehearsals',
      method: 'DELETE',
      path: REHEARSAL,
      summary:
        'Ends all rehearsals of an application: all responses are signed with the active certificate again.',
      params: applicationParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run(async (work) => {
          const { id } = await findApplicationBy(work.tx, instance, params.application);
          await cancelRehearsals(work, instance, id);
        });
      },
    }),
  ];
}
