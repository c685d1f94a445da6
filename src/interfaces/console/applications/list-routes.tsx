import { z } from 'zod';
import { ApplicationsPage } from '../../../../views/console/applications/list.tsx';
import { listApplications } from '../../../domain/applications/store.ts';
import { findActiveCertificates } from '../../../domain/certificates/store.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf } from '../frame/list-query.ts';
import { originOf, shownExpiry } from './shown.ts';
import { doneText } from '../frame/fields.ts';

const query = listQuery.extend({ status: z.enum(['', 'enabled', 'disabled']).default('') });

const DONE: Readonly<Record<string, string>> = { removed: 'The application was removed.' };

const ENABLED = { '': undefined, enabled: true, disabled: false } as const;

/** The list of applications. */
export function listRoutes(needs: ConsoleNeeds): Mount {
  const { db } = needs;
  return (router) => {
    router.get(
      '/:instance/console/applications',
      consolePage(needs, { query }, async (ctx, console, { query: asked }) => {
        const { instance, times, frame, homeHref } = console;
        const search = searchOf(asked);
        const filter = { search, enabled: ENABLED[asked.status] };
        const page = { limit: ROWS, cursor: asked.cursor };
        const { items, cursor } = await listApplications(db.read, instance.id, filter, page);
        const ids = items.map(({ id }) => id);
        const active = await findActiveCertificates(db.read, instance.id, ids);
        const applications = items.map((each) => {
          const certificate = active.get(each.id);
          return {
            ...{ id: each.id, displayName: each.displayName, enabled: each.enabled, origin: originOf(each) },
            expires: certificate && shownExpiry(certificate, times.policyAt),
          };
        });
        const { status } = asked;
        const next = nextHref(`${homeHref}/applications`, { q: search ?? '', status }, cursor);
        needs.show(ctx, console.visit, (page) => (
          <ApplicationsPage
            {...{ page, frame, status, applications }}
            query={search ?? ''}
            nextHref={next}
            done={doneText(DONE, asked.done)}
          />
        ));
      }),
    );
  };
}
