import assert from 'node:assert/strict';
import {
  DEFAULT_SETTINGS,
  type Application,
  type SignedRequestsRule,
} from '../../../../../../src/domain/applications/application.ts';
import { checkSignature } from '../../../../../../src/flows/idp/requests/checks/signature.ts';
import type { AuthnRequest } from '../../../../../../src/protocols/saml/authn-request.ts';
import { relyingParty } from '../../../../../support/applications/applications.ts';
import { bounded } from '../../../../../support/saml/bounded.ts';

describe('a signature for which no certificate is known', () => {
  const check = (authnRequestsSigned: boolean, signedRequests: SignedRequestsRule = 'as-metadata') =>
    checkSignature(
      {
        binding: 'redirect',
        xml: bounded('<x/>'),
        relayState: undefined,
        signature: { algorithm: 'any', value: Buffer.from('any'), signedOctets: 'any' },
      },
      { hasSignature: false } as AuthnRequest, // nothing else of it is looked at
      {
        relyingParty: { ...relyingParty('https://sp.example'), authnRequestsSigned },
        settings: { ...DEFAULT_SETTINGS, signedRequests },
      } as Application, // nor of it
    );

  it('proves nothing, and is ignored', async () => {
    assert.deepEqual(await check(false), { ok: true, signed: false, xml: '<x/>' });
  });

  it('is not enough where signatures are required (an attack: any octets in its place)', async () => {
    assert.equal((await check(true)).ok, false);
    assert.equal((await check(false, 'required')).ok, false);
  });
});
