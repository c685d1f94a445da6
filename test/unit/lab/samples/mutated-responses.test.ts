import assert from 'node:assert/strict';
import { MUTATION_TIMEOUT_MS, overMutatedInput, Seen } from '../../../support/mutation/mutation-run.ts';
import { declareInXml, mutateXml } from '../../../support/mutation/mutate-xml.ts';
import { mutateOctets, recode } from '../../../support/mutation/mutate.ts';
import { assertNothingDeclared } from '../../../support/saml/libxml-view.ts';
import { judge, respond } from './judge-response.ts';

describe('mutated responses at a sample', () => {
  it('give the signed assertion or a refusal, whatever was changed', async function () {
    this.timeout(MUTATION_TIMEOUT_MS);
    const signed = await respond(['Sales']);
    const signedInside = signed.replace(/<ds:Signature .*?<\/ds:Signature>(?=<samlp:Status>)/, '');
    const truth = await judge(signed);
    assert.ok(truth.ok);
    const seen = new Seen();
    await overMutatedInput(80, async (draw) => {
      const genuine = draw.pick([signed, signedInside]);
      const message = draw.pick<() => string | Buffer>([
        () => genuine,
        () => mutateXml(genuine, draw),
        () => mutateXml(genuine, draw),
        () => mutateOctets(Buffer.from(genuine), draw),
        () => recode(mutateXml(genuine, draw), draw),
        () => recode(declareInXml(genuine, draw), draw),
      ])();
      const verdict = await judge(message);
      seen.add(verdict.ok ? 'accepted' : verdict.reason.replace(/[:.].*/, ''));
      if (!verdict.ok) return;
      assert.deepEqual(verdict.assertion, truth.assertion);
      await assertNothingDeclared(Buffer.from(message));
    });
    seen.assertAll([
      'accepted',
      'The response could not be decoded',
      'The response is not acceptable XML',
      'The Response can’t be trusted',
      'The Assertion can’t be trusted',
    ]);
  });
});
