/**
 * Bundles the command and the library into dist/ and the pages' scripts into dist/assets/, and copies the files that
 * they read. `--maps` adds source maps for `node --enable-source-maps`; `--fresh` removes everything of earlier builds.
 * `--out DIR`, `--root DIR` and `--stamp VALUE` are for prepare.mjs and for experiments.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { licencesOf } from './licences.mjs';
import { iconSprite, tablerPackages, tablerStyles } from './page-assets.mjs';
import { root as here } from './paths.mjs';
import { siteIcons } from './site-icons.mjs';

const { values } = parseArgs({
  options: {
    root: { type: 'string' },
    out: { type: 'string' },
    stamp: { type: 'string' },
    maps: { type: 'boolean' },
    fresh: { type: 'boolean' },
    analyze: { type: 'boolean' },
  },
});
const root = resolve(values.root ?? here);
const out = resolve(root, values.out ?? 'dist');

/**
 * `dependencies` aren't bundled: packages with native code, WebAssembly or worker files, and heavy packages that are
 * imported when first needed, for which bundling wouldn't make the start faster. All other packages are bundled, which
 * halves the start time, and are development dependencies, because an installed Vestibule doesn't need them.
 */
const { dependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const external = [...Object.keys(dependencies), 'pg-native'];

/** Bundled CommonJS packages call `require` for Node's own modules, and an ES module has no `require`. */
const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

/** Files of src/ that run as they are: what the command and the two ways to load the library begin with. */
const entries = [
  'node-version.cjs',
  'refuse-old-node.cjs',
  'vestibule.cjs',
  'import-main.cjs',
  'import-library.cjs',
  'library.cjs',
  'library.mjs',
];

const isInstalled = (path) => existsSync(join(here, path));

const day = 24 * 60 * 60 * 1000;

/** Writes a draft and renames it, so that a server that starts in the meantime never reads half a file. */
function put(file, contents) {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}

/**
 * Removes the files of earlier builds, except chunks of the last day: a running server may still import them lazily.
 * Their names contain a hash, so they don't conflict with new ones.
 */
function sweep(written) {
  for (const name of existsSync(out) ? readdirSync(out) : []) {
    const file = join(out, name);
    if (!/\.js(\.map)?$/.test(name) || written.has(file)) continue;
    const isChunk = /-[A-Z0-9]{8}\.js(\.map)?$/.test(name);
    if (values.fresh || !isChunk || Date.now() - statSync(file).mtimeMs > day) rmSync(file);
  }
}

async function bundle(options) {
  const result = await build({
    absWorkingDir: root,
    bundle: true,
    write: false,
    legalComments: 'none',
    logLevel: 'warning',
    sourcemap: values.maps ?? false,
    ...options,
  });
  for (const { path, contents } of result.outputFiles) put(path, contents);
  return result;
}

/** Leaves out zod's messages in fifty languages, which would be bundled because `z` refers to all of them. */
const englishOnly = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

/**
 * `VestibuleError` is a file of its own in CommonJS, which the bundle imports: src/library.cjs can require it at once, and it
 * is the same class for programs that import the library.
 */
const errorSource = join(root, 'src/interfaces/library/error.ts');
const errorFile = 'vestibule-error.cjs';
const errorApart = {
  name: 'error-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\berror\.ts$/ }, ({ path, resolveDir }) =>
      join(resolveDir, path) === errorSource ? { path: `./${errorFile}`, external: true } : undefined,
    );
  },
};

async function bundleError() {
  if (!existsSync(errorSource)) return;
  const outfile = join(out, errorFile);
  await bundle({ entryPoints: [errorSource], outfile, format: 'cjs', platform: 'node', target: 'node20' });
}

async function bundleServer() {
  const entryPoints = ['src/main.ts', 'src/index.ts'].filter((file) => existsSync(join(root, file)));
  if (entryPoints.length === 0) {
    console.warn('Neither src/main.ts nor src/index.ts exists: nothing to bundle.');
    return undefined;
  }
  return bundle({
    entryPoints,
    outdir: out,
    // All chunks are beside main.js, so that `new URL('./schemas/', import.meta.url)` is dist/schemas/ in each of them.
    chunkNames: '[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    splitting: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    external: external.flatMap((name) => [name, `${name}/*`]),
    // Three packages depend on different versions of this table, which takes a megabyte of memory; one is enough.
    alias: { 'mime-db': join(here, 'node_modules/mime-db') },
    banner,
    metafile: true,
    // Node reads and keeps the whole text of its modules, half of which is comments and white space. Names stay, so
    // that stack traces are readable.
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [englishOnly, errorApart],
  });
}

/**
 * Writes the library's type declarations: those of src/index.ts and of the files that they import. Each is generated
 * from its own file alone, so the library must write out the types of its exports, and internal types stay out.
 */
async function declareLibrary() {
  // A start needs no declarations, so a clone that was only started has no compiler.
  if (!existsSync(join(root, 'src/index.ts')) || !isInstalled('node_modules/typescript')) return;
  const { default: ts } = await import('typescript');
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    isolatedDeclarations: true,
  };
  const written = new Set(['index.ts']);
  // The loop also visits the files that it adds to the set.
  for (const file of written) {
    const fileName = join(root, 'src', file);
    const text = readFileSync(fileName, 'utf8');
    const options = { fileName, reportDiagnostics: true, compilerOptions };
    const { outputText, diagnostics } = ts.transpileDeclaration(text, options);
    if (diagnostics.length > 0) {
      throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, ' ')}`);
    }
    const declarations = outputText
      .replace(/(\bfrom ')(\.{1,2}\/[^']+)\.ts'/g, (_, from, path) => {
        written.add(join(dirname(file), `${path}.ts`));
        return `${from}${path}.js'`;
      })
      .replace(' preserve="true" />', ' />');
    put(join(out, 'types', file.replace(/\.ts$/, '.d.ts')), declarations);
    // TypeScript takes a .d.ts of this package for an ES module, which CommonJS can't require by its rules for `node16`.
    const common = declarations.replace(/(\bfrom '\.{1,2}\/[^']+)\.js'/g, "$1.cjs'");
    put(join(out, 'types', file.replace(/\.ts$/, '.d.cts')), common);
  }
}

async function bundlePages() {
  const folder = join(root, 'views/browser');
  const entryPoints = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
        .map((name) => join(folder, name))
    : [];
  if (entryPoints.length === 0) return undefined;
  return bundle({
    entryPoints,
    outdir: join(out, 'assets'),
    format: 'iife',
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16'],
    minify: true,
    metafile: true,
  });
}

function copy(from, to) {
  if (!existsSync(join(root, from))) return;
  cpSync(join(root, from), join(out, to), { recursive: true, dereference: true });
}

function report({ outputs }) {
  for (const [file, { bytes, inputs }] of Object.entries(outputs)) {
    if (file.endsWith('.map')) continue;
    const packages = {};
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? 'ours';
      packages[name] = (packages[name] ?? 0) + bytesInOutput;
    }
    const largest = Object.entries(packages)
      .sort(([, a], [, b]) => b - a)
      .slice(0, 12);
    console.log(file, bytes, largest.map(([name, size]) => `${name} ${Math.round(size / 1024)}k`).join(', '));
  }
}

/** The files whose code is in esbuild's output. */
function bundledFiles(result) {
  const outputs = Object.values(result?.metafile.outputs ?? {});
  return outputs.flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

rmSync(join(out, '.stamp'), { force: true });
const [server, pages] = await Promise.all([bundleServer(), bundlePages(), bundleError(), declareLibrary()]);
for (const name of entries) put(join(out, name), readFileSync(join(here, 'src', name)));
copy('views/assets', 'assets');
if (existsSync(join(root, 'views/icons.ts'))) {
  put(join(out, 'assets/tabler.css'), tablerStyles());
  put(join(out, 'assets/icons.svg'), await iconSprite());
}
if (existsSync(join(root, 'views/assets/favicon.svg'))) {
  const icons = siteIcons(readFileSync(join(root, 'views/assets/favicon.svg'), 'utf8'));
  for (const [name, contents] of Object.entries(icons)) put(join(out, 'assets', name), contents);
}
copy('src/protocols/saml/schemas', 'schemas');
copy('src/domain/applications/catalogue/catalogue-data', 'catalogue-data');
// The JSON Schema for editors, printed by the command that was just built.
if (server && existsSync(join(out, 'main.js'))) {
  const print = [join(out, 'main.js'), 'check', '--schema'];
  put(join(out, 'organization-file.schema.json'), execFileSync(process.execPath, print));
}
put(
  join(out, 'THIRD-PARTY-LICENCES.txt'),
  licencesOf(root, [...bundledFiles(server), ...bundledFiles(pages), ...tablerPackages.filter(isInstalled)]),
);
sweep(new Set(server?.outputFiles.map(({ path }) => path)));
if (server && values.analyze) report(server.metafile);
// Written last, so that an interrupted build is repeated.
if (values.stamp) put(join(out, '.stamp'), values.stamp);
else console.log(`Built ${relative(process.cwd(), out) || out}`);
