import type { FeatureModule } from '../../../flows/visit/feature-module.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import type { ClassroomPageNeeds } from '../classrooms/needs.ts';

/** No address of the console is told to another site, least of all that of a link that is still good. */
const tellNobody: Mount = (router) => {
  router.use(async (ctx, next) => {
    ctx.set('Referrer-Policy', 'no-referrer');
    await next();
  });
};

export const operatorPagesModule: FeatureModule<ClassroomPageNeeds> = {
  lazyRoutes: {
    below: '/organizations',
    load: async (needs) => {
      const [{ signInRoutes }, { organizationRoutes }, { enableRoutes }, { classroomRoutes }] =
        await Promise.all([
          import('./sign-in-routes.tsx'),
          import('./organization-routes.tsx'),
          import('./enable-routes.tsx'),
          import('../classrooms/routes.ts'),
        ]);
      const pages = [signInRoutes(needs), organizationRoutes(needs), enableRoutes(needs)];
      return [tellNobody, ...pages, ...classroomRoutes(needs)];
    },
  },
};
