import assert from 'node:assert/strict';
import type { Application } from '../../../../src/domain/applications/application.ts';
import {
  findExchange,
  keepExchange,
  listExchanges,
  type Exchange,
} from '../../../../src/flows/idp/exchanges/store.ts';
import { takeExchanges } from '../../../../src/flows/idp/exchanges/commands.ts';
import { finding } from '../../../../src/flows/idp/requests/findings.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import { takeExchangesInBatches } from '../../../../src/administration/operations/exchanges.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { addUser } from '../../../support/people/people.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

/** Its key is in no database. */
const SEALER = createSealer(Buffer.alloc(32, 7));

const FINDING = finding('weak-algorithm', 'It is “signed” with SHA-1.');

describeOnEachDatabase('exchanges', (open) => {
  let tenant: Tenant;
  let user: User;
  let wiki: Application;
  let other: Application;
  let count = 0;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    user = await addUser(tenant, 'ana@example.com');
    wiki = await addApplication(tenant, 'wiki');
    other = await addApplication(tenant, 'other');
  });

  const exchange = (application: Application, sequence: number): Exchange => ({
    ...{ id: `_exchange-${(count += 1)}`, instanceId: tenant.instance.id, applicationId: application.id },
    ...{ sequence, user: { id: user.id, userName: user.userName }, initiatedBy: 'service-provider' },
    requestXml: '<samlp:AuthnRequest><saml:NameID>ana</saml:NameID></samlp:AuthnRequest>',
    responseXml: '<samlp:Response><saml:NameID>ana</saml:NameID></samlp:Response>',
    ...{ acsUrl: 'https://wiki.example.com/acs', relayState: '/ana', status: 'Success', at: 5 },
    findings: [FINDING],
  });
  const keep = async (
    application: Application,
    sequences: readonly number[],
    content: 'full' | 'redacted' | 'none' = 'full',
  ) => {
    await tenant.db.transaction(async (tx) => {
      for (const sequence of sequences)
        await keepExchange(tx, SEALER, content, exchange(application, sequence));
    });
  };
  const take = (application: Application, limit: number) =>
    tenant.run((work) => takeExchanges(work, SEALER, tenant.instance.id, application.id, limit));
  const kept = async (application: Application) =>
    (await listExchanges(tenant.db.read, SEALER, tenant.instance.id, application.id, { limit: 1000 })).items;
  const sequences = (exchanges: readonly Exchange[]) => exchanges.map(({ sequence }) => sequence);

  it('are taken oldest first, up to a limit, and then forgotten', async () => {
    await keep(wiki, [3, 1, 2, 5, 4]);
    await keep(other, [6]);
    assert.deepEqual(sequences(await take(wiki, 3)), [1, 2, 3]);
    assert.deepEqual(sequences(await kept(wiki)), [5, 4]);
    assert.deepEqual(sequences(await take(wiki, 3)), [4, 5]);
    assert.deepEqual(await take(wiki, 3), []);
    assert.deepEqual(sequences(await kept(other)), [6]);
  });

  it('are returned as they were stored', async () => {
    await keep(wiki, [1]);
    const [before] = await kept(wiki);
    const found = ({ id: applicationId }: Application) =>
      findExchange(
        tenant.db.read,
        SEALER,
        { instanceId: tenant.instance.id, applicationId },
        before?.id ?? '',
      );
    assert.deepEqual(await found(wiki), before);
    assert.equal(await found(other), undefined);
    assert.deepEqual(await take(wiki, 1), [before]);
    assert.equal(before?.responseXml, exchange(wiki, 1).responseXml);
    assert.deepEqual(before.findings, [FINDING]);
  });

  it('record an event when some were taken, and none otherwise', async () => {
    const events = async () =>
      (await tenant.events()).filter(({ eventName }) => eventName === 'DeleteApplicationInstanceExchanges')
        .length;
    await take(wiki, 10);
    assert.equal(await events(), 0);
    await keep(wiki, [1, 2]);
    await take(wiki, 10);
    assert.equal(await events(), 1);
  });

  it('go to one caller each, however many take at the same time, and none is left behind', async () => {
    const all = Array.from({ length: 60 }, (_, index) => index);
    await keep(wiki, all);
    const of = { instanceId: tenant.instance.id, applicationId: wiki.id };
    const takers = await Promise.all(
      [7, 60, 13, 1000].map((limit) => takeExchangesInBatches(SEALER, (body) => tenant.run(body), of, limit)),
    );
    const taken = takers.flatMap(sequences);
    assert.deepEqual(
      taken.toSorted((a, b) => a - b),
      all,
    );
    for (const one of takers)
      assert.deepEqual(
        sequences(one),
        sequences(one).toSorted((a, b) => a - b),
      );
    assert.deepEqual(await kept(wiki), []);
  });

  it('give a second caller the next ones without waiting, while the first hasn’t committed', async () => {
    await keep(wiki, [1, 2, 3, 4]);
    let second: Promise<Exchange[]> | undefined;
    await tenant.run(async (work) => {
      assert.deepEqual(sequences(await takeExchanges(work, SEALER, tenant.instance.id, wiki.id, 2)), [1, 2]);
      second = take(wiki, 2);
      // SQLite has one writer: there the second caller begins after the first has committed.
      if (tenant.db.dialect === 'postgres') await second;
    });
    assert.deepEqual(sequences((await second) ?? []), [3, 4]);
  });

  it('are taken in several turns when there are more than one transaction holds', async () => {
    await keep(
      wiki,
      Array.from({ length: 230 }, (_, index) => index),
    );
    const of = { instanceId: tenant.instance.id, applicationId: wiki.id };
    const taken = await takeExchangesInBatches(SEALER, (body) => tenant.run(body), of, 220);
    assert.deepEqual(
      sequences(taken),
      Array.from({ length: 220 }, (_, index) => index),
    );
    assert.equal((await kept(wiki)).length, 10);
  });

  it('are returned to the store when the transaction that took them fails', async () => {
    await keep(wiki, [1, 2]);
    await assert.rejects(
      tenant.run(async (work) => {
        await takeExchanges(work, SEALER, tenant.instance.id, wiki.id, 1);
        throw new Error('no');
      }),
    );
    assert.deepEqual(sequences(await take(wiki, 10)), [1, 2]);
  });

  it('store no more about a person than the setting allows', async () => {
    await keep(wiki, [1], 'none');
    assert.deepEqual(await kept(wiki), []);
    await keep(wiki, [2], 'redacted');
    const [redacted] = await kept(wiki);
    assert.doesNotMatch(JSON.stringify(redacted), /ana/);
    assert.equal(redacted?.user?.id, user.id);
    assert.equal(redacted.acsUrl, 'https://wiki.example.com/acs');
    assert.match(redacted.requestXml ?? '', /^<samlp:AuthnRequest><saml:NameID>redacted</);
  });

  it('are of no use in a copied database: messages and RelayState are sealed for their own row', async () => {
    await keep(wiki, [1, 2]);
    const rows = await tenant.db.read
      .selectFrom('exchanges')
      .select(['id', 'messages'])
      .where('instance_id', '=', tenant.instance.id)
      .orderBy('sequence')
      .execute();
    for (const { messages } of rows)
      assert.doesNotMatch(Buffer.from(messages).toString('latin1'), /saml|state/);
    const [one, other] = rows;
    await tenant.db.transaction((tx) =>
      tx
        .updateTable('exchanges')
        .set({ messages: one?.messages ?? assert.fail() })
        .where('id', '=', other?.id ?? assert.fail())
        .execute(),
    );
    await assert.rejects(kept(wiki));
  });
});
