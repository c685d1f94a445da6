import tseslint from 'typescript-eslint';

const wallClock = [
  { object: 'Date', property: 'now', message: 'Take the time from the injected Clock (platform/clock.ts).' },
  {
    object: 'Math',
    property: 'random',
    message: 'Take random values from the injected Ids (platform/ids.ts).',
  },
  { object: 'process', property: 'env', message: 'Settings come from config.ts.' },
];

/** Packages to load with `await import()` when first needed: importing them at the top level would slow the start. */
const heavy =
  '/^(samlify|node-forge|libxml2-wasm|xml-crypto|@node-saml.node-saml|yaml|pg|nodemailer|otplib|@simplewebauthn.server)$/';

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**', 'coverage/**', 'docs/**', 'examples/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['eslint.config.mjs', '.dependency-cruiser.mjs', '.mocharc.mjs'],
        },
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // `import { type X }` still imports the module at run time; `import type { X }` doesn't.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      'no-restricted-properties': ['error', ...wallClock],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take the time from the injected Clock (platform/clock.ts).',
        },
        {
          selector:
            "CallExpression[callee.name='Date'], MemberExpression[object.property.name='Date'][property.name='now']",
          message: 'Take the time from the injected Clock (platform/clock.ts).',
        },
        {
          selector:
            "JSXAttribute[name.name='dangerouslySetInnerHTML'], Property[key.name='dangerouslySetInnerHTML']",
          message: 'Pages escape everything: build the markup as JSX.',
        },
        {
          selector:
            'CallExpression[callee.property.name=/^(transaction|sharedTransaction)$/] :function Identifier[name=/^(db|database)$/]',
          message: 'Use only tx inside a transaction: on SQLite another connection would wait for ever.',
        },
        {
          selector: `ImportDeclaration[importKind='value'][source.value=${heavy}]`,
          message: 'A heavy package is loaded with await import() when it is first needed.',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: ['process', 'node:process'].map((name) => ({
            name,
            message: 'Settings come from config.ts.',
          })),
        },
      ],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Dependencies first (needs, db, tx, work), then the instance or visit, then what is asked.
      'max-params': ['error', 5],
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/foundation/platform/**', 'src/config.ts', 'scripts/**', 'test/**'],
    rules: {
      'no-restricted-properties': 'off',
      'no-restricted-syntax': 'off',
      'no-restricted-imports': 'off',
    },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  { files: ['scripts/**', 'test/bench/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.mjs', '**/*.cjs', '**/*.js'], ...tseslint.configs.disableTypeChecked },
  {
    // What runs before the check of the version of Node.js is CommonJS in ES5.
    files: ['src/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-console': 'off', 'no-var': 'off' },
  },
);
