/**
 * The tests over mutated input once more, for longer: `npm test` runs the same few cases
 * with the others over http. Without CONFORMANCE=full there is nothing to do here.
 */
if (process.env['CONFORMANCE'] === 'full') {
  await import('../http/flows/idp/mutated-requests.test.ts');
  await import('../http/interfaces/control-api/mutated-requests.test.ts');
  await import('../http/server/mutated-pages.test.ts');
  await import('../http/administration/organization-file/mutated-files.test.ts');
}

export {};
