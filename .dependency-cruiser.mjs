/**
 * The layers of src/, lowest first. A layer may import itself and the layers before it in this list. A folder of src/
 * that isn't in the list is an error.
 */
const layers = [
  'foundation',
  'protocols',
  'domain',
  'flows',
  'administration',
  'interfaces',
  'lab',
  'server',
  'cli',
];

/** The files outside the layers: the command, the one for developers, the library, the schema of their settings, and what runs before them. */
const roots =
  '^src/((main|dev|index|config)\\.ts|(vestibule|import-main|import-library|library|node-version|refuse-old-node)\\.cjs|library\\.mjs)$';
const koa = 'node_modules/(@types/)?(@?koa)';
const kysely = 'node_modules/kysely';
const under = (names) => `^src/(${names.join('|')})/`;

/**
 * Packages whose code scripts/build.mjs puts into dist/. They are development dependencies, because an installed
 * Vestibule doesn't need them; the packages in `dependencies` are not bundled.
 */
export const bundled = [
  '@koa/bodyparser',
  '@koa/router',
  '@simplewebauthn/browser',
  'bowser',
  'close-with-grace',
  'commander',
  'koa',
  'koa-helmet',
  'koa-session',
  'kysely',
  'parse5',
  'pino',
  'preact',
  'preact-render-to-string',
  'prom-client',
  'tough-cookie',
  'uqr',
  'zod',
];

/**
 * Packages that are old, or accept too much, and the only files that may load them: docs/decisions/0011-guarded-packages.md
 * says what stands between each of them and hostile input.
 */
const guarded = {
  'svg-captcha': 'src/flows/signin/password/captcha.ts',
  'opentype.js': 'none',
  '@xmldom/xmldom': 'src/protocols/saml/signature/dom.ts',
  'xml-crypto': 'src/protocols/saml/signature/(verify-enveloped|dom|sha384).ts',
  samlify: 'src/protocols/saml/metadata/second-reading.ts',
  'node-forge': 'src/domain/certificates/self-signed.ts',
  '@node-saml/node-saml': 'src/lab/samples/service-provider.ts',
};

const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

const upwards = layers
  .slice(0, -1)
  .map((layer, index) =>
    never(
      `${layer}-imports-no-later-layer`,
      { path: under([layer]) },
      { path: [under(layers.slice(index + 1)), '^src/(main|index)\\.ts$'] },
      'a layer imports only earlier layers of the list',
    ),
  );

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...upwards,
    never(
      'every-folder-is-a-layer',
      { path: '^src/[^/]+/', pathNot: under(layers) },
      {},
      'add the folder to the list of layers in .dependency-cruiser.mjs',
    ),
    never(
      'every-file-is-in-a-layer',
      { path: '^src/[^/]+$', pathNot: roots },
      {},
      'put the file into the folder of a layer',
    ),
    never(
      'no-cycles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'no cycles anywhere',
    ),
    never(
      'platform-imports-nothing',
      { path: '^src/foundation/platform/' },
      { path: '^(src|views)/', pathNot: '^src/foundation/platform/' },
      'the platform knows nothing about the product',
    ),
    never(
      'protocols-know-no-http-and-no-storage',
      { path: under(['protocols']) },
      { path: ['^src/foundation/(http|storage)/', koa, kysely] },
      'reading and writing a wire format needs no server and no database',
    ),
    never(
      'domain-knows-no-koa',
      { path: under(['domain']) },
      { path: [koa, '^src/foundation/http/'] },
      'only routes, steps and http know Koa',
    ),
    never(
      'flows-stand-apart',
      { path: '^src/flows/([^/]+)/', pathNot: '^src/flows/visit/' },
      { path: '^src/flows/', pathNot: ['^src/flows/$1/', '^src/flows/visit/'] },
      'a flow imports no other flow but visit: the server joins them',
    ),
    never(
      'visit-imports-no-flow',
      { path: '^src/flows/visit/' },
      { path: '^src/flows/', pathNot: '^src/flows/visit/' },
      'visit is shared by all flows and imports none of them',
    ),
    never(
      'interfaces-stand-apart',
      { path: '^src/interfaces/([^/]+)/' },
      { path: '^src/interfaces/', pathNot: '^src/interfaces/$1/' },
      'an interface imports no other interface',
    ),
    never(
      'settings-are-read-where-the-server-starts',
      { path: under(layers), pathNot: ['^src/interfaces/library/', under(['server', 'cli'])] },
      { path: '^src/config\\.ts$' },
      'a layer receives the settings that it needs as arguments',
    ),
    never(
      'only-the-server-composes',
      { path: '^(src|views)/', pathNot: under(['server', 'cli']) },
      { path: '^src/server/app\\.ts$' },
      'app.ts is the composition root',
    ),
    never(
      'views-import-types-only',
      { path: '^views/' },
      { path: '^src/', dependencyTypesNot: ['type-only'] },
      'a view turns props into HTML',
    ),
    never(
      'shipped-code-uses-shipped-packages',
      { path: '^(src|views)/' },
      {
        path: '^node_modules/',
        pathNot: `^node_modules/(${bundled.join('|')})/`,
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
      'a package that shipped code imports is in dependencies, or is bundled and named in .dependency-cruiser.mjs',
    ),
    ...Object.entries(guarded).map(([name, file]) =>
      never(
        `${name}-is-loaded-where-it-is-guarded`,
        { path: '^(src|views)/', pathNot: `^${file.replaceAll('.', '\\.')}$` },
        { path: `^node_modules/${name.replaceAll('.', '\\.')}/`, dependencyTypesNot: ['type-only'] },
        'see docs/decisions/0011-guarded-packages.md',
      ),
    ),
    never(
      'nobody-imports-tests',
      { path: '^(src|views)/' },
      { path: '^(test|scripts)/' },
      'shipped code stands alone',
    ),
    never('every-import-resolves', {}, { couldNotResolve: true }, 'every import resolves'),
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
