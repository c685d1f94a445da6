import { ApiPage, type ApiOperation } from '../../../../views/control/api-page.tsx';
import type { Mount } from '../../../foundation/http/context.ts';
import { largePage } from '../../../flows/visit/large-page.ts';
import type { ShowPage } from '../../../flows/visit/pages.ts';
import { curlOf, setupLines } from './curl.ts';
import { answerFieldsOf, fieldsOf } from './fields.ts';
import type { OpenApiDocument } from './openapi.ts';
import { REFUSALS } from './problem.ts';
import type { Route } from './route.ts';
import type { ControlApi } from './routes.ts';

/** The API's documentation page, generated from the same description as `openapi.json`. */
export function apiPageRoutes(
  { sections, document }: ControlApi,
  { publicOrigin, show }: { publicOrigin: string; show: ShowPage },
): Mount {
  const page = largePage((context) => {
    const description = document();
    const shown = sections.map(({ name, about, routes }) => ({
      ...{ name, about },
      operations: routes.map((route) => presentOperation(route, description)),
    }));
    return (
      <ApiPage
        page={context}
        descriptionHref="/api/v1/openapi.json"
        setup={setupLines(publicOrigin)}
        sections={shown}
      />
    );
  });
  return (router) => {
    router.get('/api', (ctx) => {
      show(ctx, undefined, page);
    });
    // Where the operations are: who opens it in a browser looks for their description.
    router.get('/api/v1', (ctx) => ctx.redirect('/api'));
  };
}

function presentOperation(route: Route, { paths, components }: OpenApiDocument): ApiOperation {
  const { id, method, summary, status } = route;
  const path = route.path.replace(/:(\w+)/g, '{$1}');
  const operation = paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`${method} ${path} isn't described.`);
  const refusals = Object.entries(operation.responses)
    .filter(([each]) => each !== 'default' && each !== String(status))
    .map(([each, answer]) => ({
      status: each,
      description: 'description' in answer ? answer.description : (REFUSALS[Number(each)] ?? ''),
    }));
  return {
    ...{ id, method, path, summary },
    fields: fieldsOf(operation, components.schemas),
    answers: [
      { status: String(status), description: status === 204 ? 'Done.' : 'What is below.' },
      ...refusals,
    ],
    answerFields: answerFieldsOf(operation, String(status), components.schemas),
    curl: curlOf(route),
  };
}
