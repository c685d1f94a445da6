export default {
  import: ['tsx/esm', './test/support/properties.ts'],
  extension: ['ts', 'tsx'],
  timeout: 10_000,
  exit: true,
};
