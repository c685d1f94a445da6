import assert from 'node:assert/strict';
import { startWalks } from '../../../support/mfa/walks/walk.ts';
import { seededRandom } from '../../../support/basics/random.ts';
import { itAtTwoDepths } from '../../../support/basics/depth.ts';

const SEED = Number(process.env['WALK_SEED'] ?? 20_260_115);
const STEPS = 9;

describe('any order of requests, under any policy', () => {
  const title = 'gives a session exactly when every factor was given correctly in this sign-in';
  itAtTwoDepths(title, { sample: 15, full: 300 }, async (context, count) => {
    context.timeout(240_000);
    const walks = await startWalks(seededRandom(SEED));
    try {
      for (let walk = 0; walk < count; walk += 1) await walks.walk(STEPS);
      const { honest, denied, random } = walks.counts;
      assert.equal(honest + denied, count);
      assert.ok(honest > count / 2, `${honest} honest sign-ins`);
      // Walks that rarely reach a session would test too little.
      assert.ok(random > count / 10, `${random} sessions by chance`);
    } finally {
      await walks.stop();
    }
  });
});
