import assert from 'node:assert/strict';
import {
  deleteAllConversations,
  deleteOneConversation,
  listConversations,
  listSummaries,
  redactConversation,
  requireConversation,
  type ConversationSearch,
} from '../../../../src/administration/operations/conversations.ts';
import type { Application } from '../../../../src/domain/applications/application.ts';
import { keepExchange, type Exchange } from '../../../../src/flows/idp/exchanges/store.ts';
import {
  applicationsWithSurplus,
  keepRefused,
  REFUSED_LIMITS,
  trimRefused,
} from '../../../../src/flows/idp/exchanges/refused-store.ts';
import { finding } from '../../../../src/flows/idp/requests/findings.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { asId, type UserId } from '../../../../src/foundation/platform/ids.ts';
import { readAllPages } from '../../../../src/foundation/storage/paging.ts';
import { StatusCode } from '../../../../src/protocols/saml/types.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const SEALER = createSealer(Buffer.alloc(32, 7));
const REQUEST = '<samlp:AuthnRequest ID="_r"><saml:NameID>ana</saml:NameID></samlp:AuthnRequest>';

describeOnEachDatabase('conversations of an instance', (open) => {
  let tenant: Tenant;
  let wiki: Application;
  let notes: Application;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    wiki = await addApplication(tenant, 'wiki');
    notes = await addApplication(tenant, 'notes');
  });

  const of = (application: Application, sequence: number, userName: string | null) => ({
    ...{ id: `_${sequence}`, instanceId: tenant.instance.id, applicationId: application.id, sequence },
    user: userName === null ? null : { id: asId<UserId>(`id-${userName}`), userName },
    ...{ initiatedBy: 'service-provider' as const, requestXml: REQUEST, relayState: '/x', at: sequence },
  });
  const answer = (application: Application, sequence: number, change: Partial<Exchange> = {}) =>
    tenant.db.transaction((tx) =>
      keepExchange(tx, SEALER, 'full', {
        ...{
          ...of(application, sequence, 'Ana_1@example.com'),
          findings: [],
          acsUrl: 'https://sp.example.com',
        },
        ...{ status: StatusCode.success, responseXml: '<samlp:Response/>', ...change },
      }),
    );
  /** Keeps refused requests, and says which of them were kept. */
  const refuseAll = (
    application: Application,
    sequences: readonly number[],
    content: 'full' | 'redacted' | 'none' = 'full',
  ) =>
    tenant.db.transaction(async (tx) => {
      const kept: boolean[] = [];
      for (const sequence of sequences) {
        const refused = {
          ...{ ...of(application, sequence, null), id: `refused-${sequence}`, findings: [] },
          ...{ reason: 'issuer', message: 'Not\0 the issuer' },
        };
        kept.push(await keepRefused(tx, SEALER, content, refused));
      }
      return kept;
    });
  const refuse = async (application: Application, sequence: number, content?: 'full' | 'redacted' | 'none') =>
    (await refuseAll(application, [sequence], content))[0];
  const listed = async (filter: ConversationSearch = {}, limit = 100) => {
    const read = (page: { limit: number; cursor?: string | undefined }) =>
      listSummaries(tenant.db.read, tenant.instance, filter, page);
    return (await readAllPages((page) => read({ ...page, limit }))).map(({ at }) => at);
  };

  it('are listed newest first over all applications, page by page, the refused among them', async () => {
    for (const [application, sequence] of [
      [wiki, 1],
      [notes, 2],
      [wiki, 3],
      [wiki, 5],
      [notes, 6],
    ] as const)
      await answer(application, sequence);
    await refuse(notes, 4);
    await refuse(wiki, 7);
    for (const limit of [1, 2, 3, 100]) assert.deepEqual(await listed({}, limit), [7, 6, 5, 4, 3, 2, 1]);
    assert.deepEqual(await listed({ applicationId: notes.id }, 1), [6, 4, 2]);
  });

  it('are narrowed by user, outcome, who began, time and findings', async () => {
    await answer(wiki, 1);
    await answer(notes, 2, { user: null, status: StatusCode.responder });
    await answer(wiki, 3, { initiatedBy: 'identity-provider', findings: [finding('issuer-format', 'x')] });
    await refuse(notes, 4);
    for (const [filter, expected] of [
      [{ user: 'ANA_' }, [3, 1]],
      [{ user: 'ana%' }, []],
      [{ outcome: 'answered' }, [3, 1]],
      [{ outcome: 'status' }, [2]],
      [{ outcome: 'refused' }, [4]],
      [{ initiatedBy: 'identity-provider' }, [3]],
      [{ odd: true }, [3]],
      [{ odd: false }, [4, 2, 1]],
      [{ startAt: 2, endAt: 4 }, [3, 2]],
      [{ applicationId: wiki.id, user: 'ana', endAt: 3 }, [1]],
    ] as const)
      assert.deepEqual(await listed(filter, 1), expected, JSON.stringify(filter));
  });

  it('are read whole, redacted, and deleted one by one or all', async () => {
    await answer(wiki, 1);
    await refuse(notes, 2);
    const needs = { queries: tenant.db.read, sealer: SEALER };
    const { items } = await listConversations(needs, tenant.instance, {}, { limit: 10 });
    assert.deepEqual(
      items.map(({ outcome, requestXml }) => ({ outcome, requestXml })),
      [
        { outcome: 'refused', requestXml: REQUEST },
        { outcome: 'answered', requestXml: REQUEST },
      ],
    );
    const refused = await requireConversation(needs, tenant.instance, 'refused-2');
    assert.equal(refused.outcome === 'refused' && refused.message, 'Not\uFFFD the issuer');
    const { requestXml, relayState } = redactConversation(refused);
    assert.equal(requestXml, REQUEST.replace('>ana<', '>redacted<'));
    assert.equal(relayState, 'redacted');
    const other = await makeTenant(open());
    await assert.rejects(requireConversation(needs, other.instance, '_1'), /not found|no longer/i);
    const remove = (id: string) => tenant.run((work) => deleteOneConversation(work, tenant.instance, id));
    await remove('refused-2');
    await assert.rejects(remove('refused-2'), /exchange/);
    assert.deepEqual(await listed(), [1]);
    await refuse(wiki, 3);
    assert.equal(await tenant.run((work) => deleteAllConversations(work, tenant.instance)), 2);
    assert.deepEqual(await listed(), []);
  });

  it('keep what the setting says of a refused request', async () => {
    assert.equal(await refuse(wiki, 1, 'none'), false);
    assert.equal(await refuse(wiki, 2, 'redacted'), true);
    const needs = { queries: tenant.db.read, sealer: SEALER };
    const { requestXml } = await requireConversation(needs, tenant.instance, 'refused-2');
    assert.doesNotMatch(requestXml ?? '', /ana/);
  });

  it('are not pushed out by a flood of refused requests, which is kept within bounds', async () => {
    await answer(wiki, 1);
    const { perMinute, application } = REFUSED_LIMITS;
    const first = 1_000_000_000;
    const sequences = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => from + index);
    const flood = await refuseAll(wiki, sequences(first, perMinute.application + 5));
    assert.equal(flood.filter(Boolean).length, perMinute.application);
    // Another application has its own share, and another minute too.
    assert.equal(await refuse(notes, first + 500), true);
    assert.equal(await refuse(wiki, first + 61_000_000), true);
    for (let minute = 2; minute < 8; minute += 1)
      await refuseAll(wiki, sequences(first + minute * 60_000_001, perMinute.application));
    assert.deepEqual(await applicationsWithSurplus(tenant.db.read, tenant.instance.id), [wiki.id]);
    const trim = { instanceId: tenant.instance.id, applicationId: wiki.id };
    assert.ok((await tenant.db.transaction((tx) => trimRefused(tx, trim, 500))) > 0);
    assert.deepEqual(await applicationsWithSurplus(tenant.db.read, tenant.instance.id), []);
    assert.equal((await listed({ applicationId: wiki.id, outcome: 'refused' })).length, application.rows);
    assert.deepEqual(await listed({ outcome: 'answered' }), [1]);
    assert.equal((await listed({ applicationId: notes.id })).length, 1);
  });

  it('are looked through in parts, without leaving one out', async () => {
    for (let sequence = 1; sequence <= 12; sequence += 1)
      await answer(sequence > 9 ? notes : wiki, sequence, sequence % 4 === 0 ? { user: null } : {});
    for (const limit of [1, 2, 3])
      assert.deepEqual(await listed({}, limit), [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });
});
