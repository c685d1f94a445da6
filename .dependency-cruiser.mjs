/** The direction of the house: an arrow may only point to a room further up this list. A new folder of src/ joins one. */
const rooms = {
  platform: '^src/foundation/platform/',
  base: '^src/(http|storage|saml)/',
  domain:
    '^src/(audit|mail|organizations|directory|credentials|sessions|applications|assignments|certificates|organization-file|imports)/',
  visit: '^src/flows/visit/',
  flows: '^src/(signin|idp)/',
  operator: '^src/administration/operations/',
  edges: '^src/(portal|console|control|samples|library)/',
};

const roots = ['^src/(app|main|index|server|maintenance)\\.tsx?$', '^src/commands/'];
const koa = ['node_modules/(@types/)?(@?koa)', '^src/foundation/http/'];

const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    never(
      'no-cycles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'no cycles anywhere',
    ),
    never(
      'platform-imports-nothing',
      { path: rooms.platform },
      { path: '^(src|views)/', pathNot: rooms.platform },
      'platform is the ground',
    ),
    never(
      'base-imports-platform-only',
      { path: rooms.base },
      {
        path: [
          rooms.domain,
          rooms.visit,
          rooms.flows,
          rooms.operator,
          rooms.edges,
          '^src/config\\.ts',
          ...roots,
        ],
      },
      'http, storage and saml know no feature',
    ),
    never(
      'saml-knows-no-http-no-storage',
      { path: '^src/protocols/saml/' },
      { path: ['^src/(http|storage)/', 'node_modules/(@types/)?(@?koa|kysely)'] },
      'the protocol library stands alone',
    ),
    never(
      'domain-points-left',
      { path: rooms.domain },
      { path: [rooms.visit, rooms.flows, rooms.operator, rooms.edges, '^src/config\\.ts', ...roots] },
      'rules know no flow and no page',
    ),
    never(
      'domain-knows-no-koa',
      { path: rooms.domain },
      { path: koa },
      'only routes, steps and http know Koa',
    ),
    never(
      'visit-points-left',
      { path: rooms.visit },
      { path: [rooms.flows, rooms.operator, rooms.edges, ...roots] },
      'what all routes share knows none of them',
    ),
    never(
      'flows-point-left',
      { path: rooms.flows },
      { path: [rooms.operator, rooms.edges, ...roots] },
      'flows know no edge',
    ),
    never(
      'operator-points-left',
      { path: rooms.operator },
      { path: [rooms.edges, '^src/config\\.ts', ...roots] },
      'what edges share knows none of them',
    ),
    never(
      'signin-knows-no-idp',
      { path: '^src/flows/signin/' },
      { path: '^src/flows/idp/' },
      'app.ts joins flows',
    ),
    never(
      'idp-knows-no-signin',
      { path: '^src/flows/idp/' },
      { path: '^src/flows/signin/' },
      'app.ts joins flows',
    ),
    never(
      'edges-stand-apart',
      { path: '^src/(portal|console|control|samples|library)/' },
      { path: '^src/(portal|console|control|samples|library)/', pathNot: '^src/$1/' },
      'an edge imports no other edge',
    ),
    never(
      'only-main-and-commands-compose',
      { pathNot: '^(src/(main|index|server)\\.ts|src/commands/|test/)' },
      { path: '^src/app\\.ts' },
      'app.ts is the root',
    ),
    never(
      'views-import-types-only',
      { path: '^views/' },
      { path: '^src/', dependencyTypesNot: ['type-only'] },
      'a view turns props into HTML',
    ),
    never(
      'not-to-dev-dep',
      { path: '^(src|views)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
      'shipped code uses shipped packages',
    ),
    never('edges-know-no-root', { path: rooms.edges }, { path: roots }, 'app.ts mounts the edges'),
    never(
      'every-folder-has-a-room',
      { path: '^src/[^/]+/', pathNot: [...Object.values(rooms), '^src/commands/'] },
      {},
      'name the room of a new folder in .dependency-cruiser.mjs',
    ),
    never(
      'nobody-imports-tests',
      { path: '^(src|views)/' },
      { path: '^(test|scripts)/' },
      'shipped code stands alone',
    ),
    never('not-unresolvable', {}, { couldNotResolve: true }, 'every import resolves'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
