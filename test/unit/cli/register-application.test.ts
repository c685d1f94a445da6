import assert from 'node:assert/strict';
import type { ControlClient } from '../../../src/cli/control-client.ts';
import { register, type Wanted } from '../../../src/cli/register-application.ts';

const WIKI = {
  ...{ id: 'ins-1', key: 'wiki', displayName: 'Wiki', entityId: 'http://idp/1', ssoUrl: 'http://idp/1' },
  ...{ metadataUrl: 'http://idp/m', certificateUrl: 'http://idp/c', certificate: null },
  serviceProvider: {
    entityId: 'https://wiki.example/saml',
    acsUrls: ['https://wiki.example/acs'],
    requestSigningCertificates: [],
  },
};
const WANTED: Wanted = {
  organization: 'default',
  chosen: { ...WIKI.serviceProvider, displayName: 'Wiki' },
  ...{ metadataXml: '<xml/>', users: ['ana@example.com'], groups: [], everyone: false },
};

interface World {
  readonly applications?: readonly object[];
  readonly assigned?: readonly object[];
  /** What refuses the assignment, and what refuses the removal. */
  readonly failing?: readonly string[];
}

/** A server with the user ana, and a record of the changes that it was asked for. */
function serverWith({ applications = [], assigned = [], failing = [] }: World) {
  const changes: string[] = [];
  const call: ControlClient['call'] = (method, path) => {
    if (method !== 'GET') changes.push(`${method} ${path}`);
    if (failing.includes(method)) return Promise.reject(new Error(`The ${method} failed.`));
    if (method === 'POST') return Promise.resolve(WIKI);
    if (path.includes('/users?'))
      return Promise.resolve({ items: path.includes('ana') ? [{ id: 'u-ana' }] : [] });
    if (path.includes('/applications?')) return Promise.resolve({ items: applications });
    return Promise.resolve({ items: assigned });
  };
  return { client: { origin: 'http://idp', call }, changes };
}

const ANA = { principalType: 'USER', principalId: 'u-ana' };
const APPLICATIONS = '/organizations/default/applications';

describe('registering an application by its metadata', () => {
  it('adds and assigns it', async () => {
    const { client, changes } = serverWith({});
    assert.equal((await register(client, WANTED)).how, 'added');
    assert.deepEqual(changes, [`POST ${APPLICATIONS}`, `PUT ${APPLICATIONS}/ins-1/assignments`]);
  });

  it('changes nothing when it was added before, and assigns it when an earlier run was ended before that', async () => {
    const done = serverWith({ applications: [WIKI], assigned: [ANA] });
    assert.equal((await register(done.client, WANTED)).how, 'found');
    assert.deepEqual(done.changes, []);
    const halfDone = serverWith({ applications: [WIKI] });
    assert.equal((await register(halfDone.client, WANTED)).how, 'assigned');
    assert.deepEqual(halfDone.changes, [`PUT ${APPLICATIONS}/ins-1/assignments`]);
  });

  it('adds nothing for a user who does not exist', async () => {
    const { client, changes } = serverWith({});
    const wanted = { ...WANTED, users: ['ana@example.com', 'bo@example.com'] };
    await assert.rejects(
      register(client, wanted),
      /^Error: There is no user bo@example\.com\.\nNothing was added\.$/,
    );
    assert.deepEqual(changes, []);
  });

  it('never changes an application whose EntityID the metadata claims (attack)', async () => {
    const other = {
      ...WIKI,
      serviceProvider: { ...WIKI.serviceProvider, acsUrls: ['https://real.example/acs'] },
    };
    const { client, changes } = serverWith({ applications: [other], assigned: [ANA] });
    await assert.rejects(
      register(client, WANTED),
      /its ACS is https:\/\/real\.example\/acs, and in the metadata https:\/\/wiki\.example\/acs\. Nothing was changed/,
    );
    for (const wanted of [
      { ...WANTED, everyone: true, users: [] },
      { ...WANTED, name: 'Other' },
    ]) {
      const same = serverWith({ applications: [WIKI], assigned: [ANA] });
      await assert.rejects(register(same.client, wanted), /Nothing was changed/);
      assert.deepEqual(same.changes, []);
    }
    assert.deepEqual(changes, []);
  });

  it('removes it again when it can’t be assigned, and says when that fails too', async () => {
    const undone = serverWith({ failing: ['PUT'] });
    await assert.rejects(register(undone.client, WANTED), /so it was removed again\. The PUT failed\./);
    assert.deepEqual(undone.changes.at(-1), `DELETE ${APPLICATIONS}/ins-1`);
    const stuck = serverWith({ failing: ['PUT', 'DELETE'] });
    await assert.rejects(register(stuck.client, WANTED), /could not be removed: its key is wiki/);
  });

  it('says what it has reached when another program answers, and shows nothing of the answer', async () => {
    const call = () => Promise.resolve({ items: [{ id: 7 }], secret: 'of another program' });
    await assert.rejects(register({ origin: 'http://idp', call }, WANTED), {
      message:
        'What answers at http://idp is not Vestibule’s API, or that of another version: name it with --url.',
    });
  });
});
