import assert from 'node:assert/strict';
import { openMessages, sealMessages } from '../../../../../src/flows/idp/exchanges/sealed-exchange.ts';
import { createSealer } from '../../../../../src/foundation/platform/crypto.ts';

const sealer = createSealer(Buffer.alloc(32, 7));
const responseXml = '<samlp:Response>Zoë 😀</samlp:Response>';

describe('the messages of an exchange', () => {
  for (const [what, requestXml, relayState] of [
    ['a response alone', null, null],
    ['a request', '<samlp:AuthnRequest>é\n1,2\n</samlp:AuthnRequest>', null],
    ['a RelayState', null, '/ü?a=1,2\n'],
    ['an empty RelayState', '<samlp:AuthnRequest/>', ''],
    ['all of them', '<samlp:AuthnRequest/>', '7,\n'],
    ['half a character', null, '\ud83d'],
  ] as const) {
    it(`are opened as they were sealed: ${what}`, () => {
      const opened = openMessages(
        sealer,
        'one',
        sealMessages(sealer, 'one', { requestXml, responseXml, relayState }),
      );
      // UTF-8 has no half characters.
      assert.deepEqual(opened, {
        requestXml,
        responseXml,
        relayState: relayState && Buffer.from(relayState).toString(),
      });
    });
  }

  it('can’t be opened as those of another exchange', () => {
    const sealed = sealMessages(sealer, 'one', { requestXml: null, responseXml, relayState: null });
    assert.throws(() => openMessages(sealer, 'two', sealed));
  });
});
