import assert from 'node:assert/strict';
import { listAssignedApplications } from '../../../../src/domain/assignments/entitlement-store.ts';
import {
  formatFaults,
  readOrganizationFile,
} from '../../../../src/administration/organization-file/read/read.ts';
import { findSample } from '../../../../src/lab/samples/samples.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import { isApplicationIcon } from '../../../../views/icons.ts';
import { listAllDevices } from '../../../../src/domain/credentials/mfa/store.ts';
import { makeFileServer, SEALER } from '../../../support/organization-file/file-server.ts';

describe('the demo organization', () => {
  const readDemo = async () => {
    const read = await readOrganizationFile('examples/demo/organization.yaml');
    assert.ok(read.ok, read.ok ? '' : formatFaults(read.faults, 'organization.yaml'));
    return read.file;
  };

  it('has a built-in sample behind every tile, and icons that exist', async () => {
    const { applications } = await readDemo();
    const samples = applications.flatMap(({ serviceProvider }) =>
      serviceProvider?.from === 'sample' ? [serviceProvider.sample] : [],
    );
    const tiles = applications.filter(({ enabled }) => enabled !== false);
    assert.equal(samples.length, tiles.length);
    assert.ok(samples.every((name) => findSample(name)));
    assert.deepEqual(
      applications.map(({ icon }) => icon ?? '').filter((icon) => !isApplicationIcon(icon)),
      [],
    );
  });

  it('shows one user many tiles, another none, and a third no expenses; one user can’t sign in', async () => {
    const db = openSqlite({ location: ':memory:', durability: 'process' });
    await db.migrate();
    const server = makeFileServer(db);
    const applied = await server.apply(await readDemo());
    assert.ok(applied.ok, applied.ok ? '' : formatFaults(applied.faults, 'organization.yaml'));
    const { instance, warnings } = applied;
    assert.deepEqual([instance.alias, warnings], ['demo', []]);
    const tiles = async (name: string) => {
      const { id } = await server.user(instance, name);
      return (await listAssignedApplications(db.read, instance.id, id)).map(({ key }) => key);
    };
    assert.deepEqual(await tiles('ana'), ['holidays', 'expenses', 'wiki', 'build', 'notes', 'ledger']);
    assert.deepEqual(await tiles('leila'), ['holidays', 'wiki', 'notes']);
    assert.deepEqual(await tiles('mateo'), []);
    assert.equal((await server.user(instance, 'olga')).enabled, false);
    await db.close();
  });
});

describe('the example of MFA', () => {
  it('has one user with an authenticator app, and settings that make the others register one', async () => {
    const read = await readOrganizationFile('examples/mfa/organization.yaml');
    assert.ok(read.ok, read.ok ? '' : formatFaults(read.faults, 'organization.yaml'));
    const db = openSqlite({ location: ':memory:', durability: 'process' });
    await db.migrate();
    const server = makeFileServer(db);
    const applied = await server.apply(read.file);
    assert.ok(applied.ok, applied.ok ? '' : formatFaults(applied.faults, 'organization.yaml'));
    assert.equal(applied.instance.settings.mfa.withoutDevice, 'register');
    const { id } = await server.user(applied.instance, 'ana');
    const devices = await listAllDevices(db.read, SEALER, applied.instance.id);
    assert.deepEqual(
      devices.map(({ userId, name, type }) => [userId, name, type]),
      [[id, 'Authenticator app', 'TOTP']],
    );
    await db.close();
  });
});

describe('the example of a metadata file', () => {
  it('can be read together with its file', async () => {
    const read = await readOrganizationFile('examples/metadata/organization.yaml');
    assert.ok(read.ok, read.ok ? '' : formatFaults(read.faults, 'organization.yaml'));
    const [application] = read.file.applications;
    assert.ok(application?.serviceProvider?.from === 'metadata');
    assert.match(application.serviceProvider.metadataXml, /build\.example\.com\/saml\/acs/);
  });
});
