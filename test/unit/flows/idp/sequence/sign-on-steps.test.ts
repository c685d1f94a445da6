import assert from 'node:assert/strict';
import { signOnSteps, type SignOnRecords } from '../../../../../src/flows/idp/sequence/sign-on-steps.ts';
import { fromPortal, fromServiceProvider } from '../../../../support/pages/samples/sequence.ts';

/** The kinds of the steps, each with the time since the first one. */
const outline = (records: SignOnRecords) =>
  signOnSteps(records).map(({ kind, at }) => `${kind} ${at === null ? '-' : (at.after ?? '0')}`);

const begunAt = Date.parse('2026-05-05T13:58:12.114Z');

describe('the steps of a sign-on', () => {
  it('go from the service provider to the sign-in and back, with the time since the beginning', () => {
    assert.deepEqual(outline(fromServiceProvider), [
      'sign-on-begun 0',
      'request-sent 0',
      // Nobody notes when the request arrived.
      'request-taken -',
      'signed-in +19.788 s',
      'response-sent +19.826 s',
      'response-posted +19.904 s',
      'response-accepted +19.904 s',
    ]);
  });

  it('begin in the portal when there was no request', () => {
    assert.deepEqual(outline(fromPortal), [
      'application-opened 0',
      'session-found 0',
      'response-sent 0',
      'response-posted +0.078 s',
      'response-accepted +0.078 s',
    ]);
  });

  it('have no sign-in when the user signed in before the sign-on began', () => {
    const { signIn } = fromServiceProvider;
    assert.ok(signIn);
    const earlier = signOnSteps({ ...fromServiceProvider, signIn: { ...signIn, at: begunAt - 1 } });
    const step = earlier.find(({ kind }) => kind === 'session-found');
    assert.ok(step?.kind === 'session-found' && !earlier.some(({ kind }) => kind === 'signed-in'));
    assert.equal(step.since.text, '5 May 2026, 13:58:12 UTC');
    assert.deepEqual(
      step.proof.factors.map(({ name, at }) => [name, at.iso]),
      [
        ['Password', '2026-05-05T13:58:20.377Z'],
        ['Code of an authenticator app', '2026-05-05T13:58:31.902Z'],
      ],
    );
  });

  it('say only what the assertion says when nothing else is known', () => {
    const signIn = { is: 'stated', at: null, contextClass: 'urn:example:any' } as const;
    const unknown = { ...fromPortal, signIn, start: { at: 'identity-provider', address: null } as const };
    assert.deepEqual(outline(unknown).slice(0, 2), ['sign-in-stated 0', 'response-sent 0']);
    const [step] = signOnSteps(unknown);
    assert.deepEqual([step?.kind === 'sign-in-stated' && step.contextClass], ['urn:example:any']);
  });

  it('end before the response is posted in administrator mode, which records no beginning either', () => {
    const { start } = fromServiceProvider;
    assert.ok(start.at === 'service-provider');
    const held = { ...fromServiceProvider, start: { ...start, begun: null }, end: { is: 'held' } } as const;
    assert.deepEqual(outline(held), [
      'request-sent -',
      'request-taken -',
      'session-found 0',
      'response-sent 0',
      'response-held -',
    ]);
  });

  it('have no distance in time when the clock was moved back meanwhile', () => {
    const { end } = fromServiceProvider;
    assert.ok(end.is === 'accepted');
    const back = { ...fromServiceProvider, end: { ...end, at: begunAt - 60_000 } };
    assert.equal(signOnSteps(back).at(-1)?.at?.after, null);
    const later = { ...fromServiceProvider, end: { ...end, at: begunAt + 125_000 } };
    assert.equal(signOnSteps(later).at(-1)?.at?.after, '+2 minutes 5 seconds');
  });
});
