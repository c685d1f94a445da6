import { z } from 'zod';
import { findLogoOctets } from '../../domain/organizations/branding/logo-store.ts';
import { withCheckedInput } from '../../foundation/http/checked-input.ts';
import type { Mount } from '../../foundation/http/context.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { logoPath } from './look.ts';
import type { Visits } from './visit.ts';

export interface BrandingNeeds {
  db: Database;
  visits: Visits;
}

const params = z.object({ instance: z.string().max(64), file: z.string().max(64) });

/**
 * A picture that an operator uploaded, opened as a document of its own: it loads nothing, runs nothing, and has no
 * origin (CSP Level 3, sandbox).
 */
const PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";
const YEAR_SECONDS = 31_536_000;

/** Serves the logo of an organization, below its own address only. */
export function brandingRoutes({ db, visits }: BrandingNeeds): Mount {
  return (router) => {
    router.get(
      '/:instance/branding/:file',
      withCheckedInput({ params }, async (ctx, { params: { instance: reference, file } }) => {
        const { instance } = await visits.open(ctx, reference);
        const { logo } = instance;
        // Another hash names another logo: caches would keep this one under the wrong address for a year.
        if (logo === null || ctx.path !== logoPath(reference, logo)) throw notFound(`The picture ${file}`);
        ctx.set('Cache-Control', `public, max-age=${String(YEAR_SECONDS)}, immutable`);
        ctx.set('Content-Security-Policy', PICTURE_POLICY);
        ctx.etag = logo.sha256;
        ctx.status = 200;
        if (ctx.fresh) {
          ctx.status = 304;
          return;
        }
        const octets = await findLogoOctets(db.read, instance.id, logo.sha256);
        // Replaced between the two reads.
        if (!octets) throw notFound(`The picture ${file}`);
        ctx.body = octets;
        // The type that the octets were found to have. With nosniff (helmet) no browser takes them for another.
        ctx.type = logo.type;
      }),
    );
  };
}
