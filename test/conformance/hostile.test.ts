/**
 * The tests over hostile input once more, for longer: `npm test` runs the same few cases
 * with the others over http. Without CONFORMANCE=full there is nothing to do here.
 */
if (process.env['CONFORMANCE'] === 'full') {
  await import('../http/hostile-saml.test.ts');
  await import('../http/hostile-api.test.ts');
  await import('../http/hostile-pages.test.ts');
  await import('../http/hostile-files.test.ts');
}

export {};
