import type { FeatureModule } from '../flows/visit/feature-module.ts';
import type { ShowPage } from '../flows/visit/pages.ts';
import { PartPage } from '../../views/developers/part-page.tsx';
import { PARTS } from '../../views/developers/parts.ts';
import { partHref } from '../../views/developers/part.ts';

const [FIRST] = PARTS;

/**
 * Pages for those who work on Vestibule, below `/developers`: the parts of the console in all their states. Only src/dev.ts
 * imports it, which the build doesn't bundle, so that no installed Vestibule has these pages.
 */
export const developersModule: FeatureModule<{ readonly show: ShowPage }> = {
  routes: ({ show }) => [
    (router) => {
      router.get('/developers', (ctx) => ctx.redirect(partHref(FIRST?.id ?? '')));
      for (const part of PARTS) {
        router.get(partHref(part.id), (ctx) => {
          show(ctx, undefined, (page) => <PartPage {...{ page, part }} parts={PARTS} />);
        });
      }
    },
  ],
};
