export default {
  import: 'tsx',
  extension: ['ts', 'tsx'],
  timeout: 10_000,
  exit: true,
};
