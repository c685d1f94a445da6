import type { Operation } from '../../../src/interfaces/control-api/contract/openapi.ts';
import { IMPORT_SHAPES, JSON_IMPORT_SHAPES } from './import-shapes.ts';
import { ANY_JSON, shapesFor } from './json-shapes.ts';
import type { MeteredRoutes, NamedRequest, Route } from './metered-routes.ts';
import { formShapes, HEADER_SHAPES, PATH_TEXTS, queryShapes } from './request-shapes.ts';
import type { Shape } from './shape.ts';
import { XML_SHAPES, postForm, redirectQuery } from './xml-shapes.ts';
import { YAML_SHAPES } from './yaml-shapes.ts';

/**
 * Every `step`-th of a list. The next list goes on where the last one ended, so that a small share of the shapes for
 * each of many routes is most of the shapes.
 */
export function everyNth(step: number) {
  let seen = 0;
  return <Item>(items: readonly Item[]): Item[] => items.filter(() => (seen += 1) % step === 0);
}
type Share = ReturnType<typeof everyNth>;

const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;
const YAML_TYPE = ['Content-Type', 'application/yaml'] as const;
const JSON_TYPE = ['Content-Type', 'application/json'] as const;
const titled = ({ method, path }: Route, shape: string) => `${method} ${path}: ${shape}`;

/** Hostile paths, queries and headers. */
export function* heads(routes: MeteredRoutes, share: Share): Generator<NamedRequest> {
  for (const route of routes.all) {
    const operation = operationOf(routes, route);
    const parameters = operation?.parameters.filter((each) => each.in === 'query').map(({ name }) => name);
    const names = parameters?.length ? parameters : ['q', 'cursor', 'RelayState', 'SAMLRequest'];
    for (const { name, make } of share(queryShapes(names))) {
      yield { name: titled(route, name), request: routes.to(route, make()) };
    }
    if (route.path.includes(':')) {
      for (const [name, first] of share(PATH_TEXTS))
        yield { name: titled(route, `${name} in the path`), request: routes.to(route, { first }) };
    }
    // A good request with an odd header would delete something.
    if (route.method === 'DELETE') continue;
    for (const { name, make } of share(HEADER_SHAPES))
      yield { name: titled(route, name), request: routes.to(route, make()) };
  }
}

/** Hostile forms of our pages. */
export function* forms(routes: MeteredRoutes, share: Share): Generator<NamedRequest> {
  const headers = [FORM, ['Sec-Fetch-Site', 'same-origin'] as const];
  for (const route of routes.all) {
    if (route.method !== 'POST' || route.path.startsWith('/api/')) continue;
    for (const { name, make } of share(formShapes(routes.token)))
      yield { name: titled(route, name), request: routes.to(route, { headers, ...make() }) };
  }
}

/** Hostile JSON for every operation that takes JSON; `every` are the shapes that each of them gets. */
export function* jsonBodies(
  routes: MeteredRoutes,
  share: Share,
  every: readonly string[],
): Generator<NamedRequest> {
  for (const route of routes.all) {
    const { content } = operationOf(routes, route)?.requestBody ?? {};
    const media = content?.['application/json'];
    if (!media) continue;
    const shapes = [
      ...ANY_JSON.filter(({ name }) => every.includes(name)),
      ...share([
        ...ANY_JSON,
        ...shapesFor(media.schema, routes.description.components.schemas, media.example),
      ]),
    ];
    yield* bodies(routes, route, JSON_TYPE, shapes);
  }
}

/** Hostile organization files. A dry run does all but generate keys, which takes minutes in the thread pool. */
export function* organizationFiles(routes: MeteredRoutes, share: Share): Generator<NamedRequest> {
  const route = { method: 'PUT', path: '/api/v1/organizations/:organization/file' };
  for (const { name, body } of share(YAML_SHAPES)) {
    const given = { headers: [YAML_TYPE], body: body(), query: 'dryRun=true' };
    yield { name: titled(route, name), request: routes.to(route, given) };
  }
}

/** Hostile imports, of both types. */
export function* imports(routes: MeteredRoutes, share: Share): Generator<NamedRequest> {
  const route = { method: 'POST', path: '/api/v1/organizations/:organization/imports' };
  yield* bodies(routes, route, JSON_TYPE, share(JSON_IMPORT_SHAPES));
  yield* bodies(routes, route, ['Content-Type', 'application/x-ndjson'], share(IMPORT_SHAPES));
}

/** Hostile SAML messages and metadata, in the largest size that each route takes. */
export function* xmlMessages(routes: MeteredRoutes, share: Share): Generator<NamedRequest> {
  const request = { path: '/:instance/saml/assertion/:application' };
  const response = { method: 'POST', path: '/samples/:sample/:directory/acs' };
  const applications = '/api/v1/organizations/:organization/applications';
  const list = { method: 'POST', path: '/api/v1/organizations/:organization/service-providers' };
  for (const { name, xml } of share(XML_SHAPES)) {
    const posted = { headers: [FORM], body: postForm('SAMLRequest', xml(46_000)) };
    const query = redirectQuery('SAMLRequest', xml(60_000));
    const answered = { headers: [FORM], body: postForm('SAMLResponse', xml(700_000)) };
    const metadata = JSON.stringify({ metadataXml: xml(1_700_000) });
    const created = JSON.stringify({ displayName: 'a', serviceProvider: { metadataXml: xml(1_700_000) } });
    for (const [route, given] of [
      [{ ...request, method: 'POST' }, posted],
      [{ ...request, method: 'GET' }, query.length < 30_000 ? { query } : undefined],
      [response, answered],
      [list, { headers: [JSON_TYPE], body: metadata }],
      [
        { method: 'POST', path: applications },
        { headers: [JSON_TYPE], body: created },
      ],
    ] as const) {
      if (given) yield { name: titled(route, name), request: routes.to(route, given) };
    }
  }
}

function* bodies(
  routes: MeteredRoutes,
  route: Route,
  type: readonly [string, string],
  shapes: readonly Shape[],
): Generator<NamedRequest> {
  for (const { name, body } of shapes)
    yield { name: titled(route, name), request: routes.to(route, { headers: [type], body: body() }) };
}

function operationOf({ description }: MeteredRoutes, { method, path }: Route): Operation | undefined {
  const described = path.replace('/api/v1', '').replace(/:(\w+)/g, '{$1}');
  return path.startsWith('/api/v1') ? description.paths[described]?.[method.toLowerCase()] : undefined;
}
