import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { skipAloud } from '../../support/skip.ts';
import { startControl, type ControlServer } from './control-server.ts';

const federation = new URL('../../../../shared/data/federation-metadata-swamid.xml', import.meta.url);

const listed = z.object({
  serviceProviders: z.array(
    z.object({ entityId: z.string(), displayName: z.string().optional(), reason: z.string().optional() }),
  ),
});

describe('the metadata of a real federation', function () {
  this.timeout(60_000);
  let api: ControlServer | undefined;
  before(async function () {
    if (!existsSync(federation)) skipAloud(this, '../shared/data/federation-metadata-swamid.xml is not here');
    api = await startControl();
  });
  after(() => api?.close());

  it('gives an application for every service provider, or a reason that a person understands', async () => {
    assert.ok(api);
    const metadataXml = readFileSync(federation, 'utf8');
    const list = await api.post('/organizations/default/service-providers', { metadataXml });
    const { serviceProviders } = listed.parse(list.body);
    assert.equal(serviceProviders.length, 137);

    const outcomes = new Map<string, number>();
    for (const [index, { entityId, reason }] of serviceProviders.entries()) {
      const made = await api.post('/organizations/default/applications', {
        displayName: `Service ${String(index)}`,
        serviceProvider: { metadataXml, entityId },
      });
      // The list promised what choosing then gave.
      assert.equal(made.status === 201, reason === undefined, entityId);
      if (made.status === 201) assert.equal(made.body.serviceProvider.entityId, entityId);
      const outcome =
        made.status === 201 ? 'application' : (made.body.errors?.[0]?.detail ?? made.body.detail);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    assert.deepEqual(Object.fromEntries(outcomes), {
      application: 107,
      'The metadata can’t be used: a certificate of the service provider has 2134 bytes in PEM, and at most 2048 are allowed; use a smaller one, or raise the setting quotas.serviceProviderCertificateBytes.': 1,
      'The metadata can’t be used: the service provider does not support SAML 2.0.': 29,
    });
  });
});
