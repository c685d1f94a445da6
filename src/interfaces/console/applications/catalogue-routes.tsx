import { z } from 'zod';
import { CataloguePage } from '../../../../views/console/applications/catalogue.tsx';
import { listCatalogue } from '../../../domain/applications/catalogue/catalogue.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf } from '../frame/list-query.ts';

const query = listQuery.extend({ kind: z.enum(['', 'template', 'none']).default('') });

const HAS_TEMPLATE = { '': undefined, template: true, none: false } as const;

/** Choosing a new application from the catalogue (guide, “Supported applications”). */
export function catalogueRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      '/:instance/console/applications/add',
      consolePage(needs, { query, isForm: true }, async (ctx, console, { query: asked }) => {
        const name = searchOf(asked);
        const { kind, cursor } = asked;
        const found = await listCatalogue({ name, hasTemplate: HAS_TEMPLATE[kind] });
        // The cursor is the slug of the last entry of the page before; an unknown one begins at the start.
        const start = found.findIndex(({ slug }) => slug === cursor) + 1;
        const shown = found.slice(start, start + ROWS);
        const more = found.length > start + ROWS ? (shown.at(-1)?.slug ?? null) : null;
        const entries = shown.map(({ name: of, slug, template }) => ({
          ...{ name: of, slug, hasTemplate: template !== undefined },
        }));
        const next = nextHref(`${console.homeHref}/applications/add`, { q: name ?? '', kind }, more);
        needs.show(ctx, console.visit, (page) => (
          <CataloguePage
            {...{ page, frame: console.frame, query: name ?? '', kind, entries }}
            {...{ total: found.length, nextHref: next }}
          />
        ));
      }),
    );
  };
}
