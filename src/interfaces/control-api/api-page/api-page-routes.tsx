import { z } from 'zod';
import { ApiPage } from '../../../../views/control/api-page.tsx';
import type { ListedSection } from '../../../../views/control/operation-list.tsx';
import { OperationPage } from '../../../../views/control/operation.tsx';
import { largePage } from '../../../flows/visit/large-page.ts';
import type { ShowPage } from '../../../flows/visit/pages.ts';
import { withCheckedInput } from '../../../foundation/http/checked-input.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { ControlApi } from '../contract/routes.ts';
import { pathParameters } from './example-call.ts';
import { firstCall, setupLines } from './setup.ts';
import { shownOperation } from './shown-operation.ts';

const DESCRIPTION = '/api/v1/openapi.json';

const listQuery = z.object({ q: z.string().max(200, 'Search for at most 200 characters.').default('') });
const operationParams = z.object({ operation: z.string().max(100) });
/** Values of the operation's path parameters; everything else in the query is ignored. */
const operationQuery = z.record(z.string(), z.unknown());
/**
 * Attack: a link to the page that deletes a user, with `..` as the user. Browsers and curl take that away with the part of
 * the path before it, also when it is percent-encoded, and would delete the organization.
 */
const known = z
  .string()
  .min(1)
  .max(200)
  .refine((value) => !/^\.\.?$/.test(value.trim()));

/** The API's documentation pages, generated from the same description as `openapi.json`. */
export function apiPageRoutes(
  { sections, operations, document }: ControlApi,
  { publicOrigin, show }: { publicOrigin: string; show: ShowPage },
): Mount {
  const listed: readonly ListedSection[] = sections.map(({ name, about, routes }) => ({
    ...{ name, about },
    operations: routes.map(({ id, method, path, summary }) => ({
      ...{ id, method, summary, path: path.replace(/:(\w+)/g, '{$1}') },
    })),
  }));
  const shared = { descriptionHref: DESCRIPTION, sections: listed, firstCall: firstCall(publicOrigin) };
  const wholeList = largePage((page) => <ApiPage {...{ page, query: '', ...shared }} />);
  const byId = new Map(operations.map((route) => [route.id, route]));

  return (router) => {
    router.get(
      '/api',
      withCheckedInput({ query: listQuery }, (ctx, { query: { q } }) => {
        show(ctx, undefined, q === '' ? wholeList : (page) => <ApiPage {...{ page, query: q, ...shared }} />);
      }),
    );
    // Where the operations are: who opens it in a browser looks for their description.
    router.get('/api/v1', (ctx) => ctx.redirect('/api'));
    router.get(
      '/api/:operation',
      withCheckedInput(
        { params: operationParams, query: operationQuery },
        (ctx, { params: { operation: id }, query }) => {
          const route = byId.get(id);
          if (!route) throw notFound('An operation of the API with this name');
          const values = pathParameters(route).flatMap((name): [string, string][] => {
            const { success, data } = known.safeParse(query[name]);
            return success ? [[name, data]] : [];
          });
          const operation = shownOperation(route, document(), new Map(values));
          show(ctx, undefined, (page) => (
            <OperationPage {...{ page, operation, sections: listed, setup: setupLines(publicOrigin) }} />
          ));
        },
      ),
    );
  };
}
