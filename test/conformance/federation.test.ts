import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { skipAloud } from '../support/basics/skip.ts';
import { startControl, type ControlServer } from '../unit/interfaces/control-api/control-server.ts';
import { isFull } from '../support/basics/depth.ts';

const federation = new URL('../../../shared/data/federation-metadata-swamid.xml', import.meta.url);

const listed = z.object({
  serviceProviders: z.array(
    z.object({ entityId: z.string(), displayName: z.string().optional(), reason: z.string().optional() }),
  ),
});

const TOO_LARGE =
  'a certificate of the service provider has 2134 bytes in PEM, and at most 2048 are allowed; use a smaller one, or raise the setting quotas.serviceProviderCertificateBytes';
const OLD = 'the service provider does not support SAML 2.0';

/** The full run makes all of them; otherwise every fifth and those with a rare reason for refusal. */
const isMade = (index: number, reason: string | undefined) =>
  isFull || index % 5 === 0 || reason === TOO_LARGE;

describe('the metadata of a real federation', function () {
  this.timeout(120_000);
  const metadataXml = existsSync(federation) ? readFileSync(federation, 'utf8') : '';
  let api: ControlServer;
  before(async function () {
    if (metadataXml === '') skipAloud(this, '../shared/data/federation-metadata-swamid.xml is not here');
    api = await startControl();
  });
  after(() => (metadataXml === '' ? undefined : api.close()));

  const list = async () => {
    const { body } = await api.post('/organizations/default/service-providers', { metadataXml });
    return listed.parse(body).serviceProviders;
  };
  const create = (entityId: string) =>
    api.post('/organizations/default/applications', {
      displayName: 'A service',
      key: `service-${String(made++)}`,
      serviceProvider: { metadataXml, entityId },
    });
  let made = 0;

  it('gives an application for every service provider, or a reason that a person understands', async () => {
    const serviceProviders = await list();
    const outcomes = new Map<string, number>();
    for (const { reason = 'application' } of serviceProviders) {
      outcomes.set(reason, (outcomes.get(reason) ?? 0) + 1);
    }
    assert.deepEqual(Object.fromEntries(outcomes), { application: 107, [OLD]: 29, [TOO_LARGE]: 1 });

    for (const [index, { entityId, reason }] of serviceProviders.entries()) {
      if (!isMade(index, reason)) continue;
      const { status, body } = await create(entityId);
      // The list must predict the result of choosing the service provider.
      assert.equal(status, reason === undefined ? 201 : 400, entityId);
      if (reason === undefined) assert.equal(body.serviceProvider.entityId, entityId);
      else assert.equal(body.errors?.[0]?.detail, `The metadata can’t be used: ${reason}.`);
    }
  });

  it('accepts the certificate above AWS’s quota once the setting allows it', async () => {
    const large = (await list()).find(({ reason }) => reason === TOO_LARGE);
    assert.ok(large);
    const quotas = { serviceProviderCertificateBytes: 4096 };
    assert.equal((await api.patch('/organizations/default/settings', { quotas })).status, 200);
    const serviceProviders = await list();
    assert.equal(serviceProviders.filter(({ reason }) => reason === undefined).length, 108);
    assert.equal((await create(large.entityId)).status, 201);
  });
});
