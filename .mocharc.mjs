export default {
  import: ['tsx/esm', './test/support/basics/properties.ts'],
  extension: ['ts', 'tsx'],
  timeout: 10_000,
  exit: true,
};
