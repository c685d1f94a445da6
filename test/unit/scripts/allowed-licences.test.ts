import assert from 'node:assert/strict';
import { isAllowed, licenceFaults } from '../../../scripts/allowed-licences.mjs';

describe('the licences of shipped packages', () => {
  it('are on the list, or one of several to choose from is', () => {
    for (const license of ['MIT', '(BSD-3-Clause OR GPL-2.0)', 'AGPL-3.0-only OR ISC', '(MIT AND ISC)'])
      assert.ok(isAllowed('made-up', license), license);
    for (const license of [
      ...['AGPL-3.0-only', 'GPL-2.0', 'UNLICENSED', 'SEE LICENSE IN LICENCE', 'MIT License', '', undefined],
      ...['(MIT AND GPL-2.0)', '(MIT OR ISC) AND (GPL-2.0 OR AGPL-3.0-only)', 'MIT WITH made-up-exception'],
    ])
      assert.ok(!isAllowed('made-up', license), license);
  });

  it('are looked at for all that dependencies and bundled packages need, where Node.js finds it', () => {
    const made = (license: string, ...needed: string[]) => ({
      license,
      dependencies: Object.fromEntries(needed.map((name) => [name, '*'])),
    });
    const packages = {
      '': made('MIT', 'loaded'),
      'node_modules/loaded': made('MIT', '@made-up/needed', 'both'),
      'node_modules/@made-up/needed': made('AGPL-3.0-only', 'loaded'),
      'node_modules/bundled': made('ISC', 'both', 'absent'),
      'node_modules/bundled/node_modules/both': made('GPL-3.0-only'),
      'node_modules/both': made('MIT'),
      'node_modules/tool': made('GPL-3.0-only'),
    };
    assert.deepEqual(licenceFaults(packages, ['bundled']), [
      'node_modules/@made-up/needed is shipped under AGPL-3.0-only.',
      'node_modules/bundled/node_modules/both is shipped under GPL-3.0-only.',
    ]);
  });
});
