export default {
  import: 'tsx/esm',
  extension: ['ts', 'tsx'],
  timeout: 10_000,
  exit: true,
};
