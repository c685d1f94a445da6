/**
 * Runs the tests of mutated input again, for longer: `npm test` runs fewer cases of them
 * with the other HTTP tests. Without CONFORMANCE=full this file does nothing.
 */
if (process.env['CONFORMANCE'] === 'full') {
  await import('../http/flows/idp/mutated-requests.test.ts');
  await import('../http/interfaces/control-api/mutated-requests.test.ts');
  await import('../http/server/mutated-pages.test.ts');
  await import('../http/administration/organization-file/mutated-files.test.ts');
}

export {};
