import assert from 'node:assert/strict';
import { startWalks } from '../../../support/mfa/walks/walk.ts';
import { seededRandom } from '../../../support/basics/random.ts';

const SEED = Number(process.env['WALK_SEED'] ?? 20_260_115);
const WALKS = Number(process.env['WALKS'] ?? 80);
const STEPS = 9;

describe('any order of requests, under any policy', () => {
  it('gives a session when every factor was given properly in this sign-in, and never otherwise', async function () {
    this.timeout(120_000);
    const walks = await startWalks(seededRandom(SEED));
    try {
      for (let walk = 0; walk < WALKS; walk += 1) await walks.walk(STEPS);
      const { honest, denied, random } = walks.counts;
      assert.equal(honest + denied, WALKS);
      assert.ok(honest > WALKS / 2, `${honest} honest sign-ins`);
      // Otherwise the walks would never come near to what they are about.
      assert.ok(random > WALKS / 10, `${random} sessions by chance`);
    } finally {
      await walks.stop();
    }
  });
});
