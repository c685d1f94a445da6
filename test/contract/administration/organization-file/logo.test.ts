import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listEvents } from '../../../../src/domain/audit/event-list-store.ts';
import { setLogo } from '../../../../src/domain/organizations/branding/logo-commands.ts';
import { findLogoOctets } from '../../../../src/domain/organizations/branding/logo-store.ts';
import { readLogo } from '../../../../src/domain/organizations/branding/logo.ts';
import { resetOrganization } from '../../../../src/domain/organizations/commands.ts';
import type { Instance } from '../../../../src/domain/organizations/organization.ts';
import {
  formatFaults,
  readOrganizationFile,
} from '../../../../src/administration/organization-file/read/read.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { changed, emptyDatabase, makeFileServer } from '../../../support/organization-file/file-server.ts';
import { png } from '../../../support/pages/pictures.ts';

const [LOGO, OTHER] = [png(30, 20), png(40, 20)];
const BARE = `version: 1
organization: {name: Example, managementAccountId: "111122223333"}
instance: {region: us-east-1}
`;
const withLogo = (logo: string) => `${BARE}settings:\n  branding: {logo: ${logo}}\n`;
const inBase64 = (octets: Buffer) => withLogo(`{base64: "${octets.toString('base64')}"}`);

describeOnEachDatabase('the logo of an organization file', (open) => {
  beforeEach(() => emptyDatabase(open()));

  const octetsOf = ({ id, logo }: Instance) =>
    logo ? findLogoOctets(open().read, id, logo.sha256) : Promise.resolve(undefined);
  const makeApply = () => {
    const server = makeFileServer(open());
    return async (text: string, options = {}) => {
      const read = await readOrganizationFile({ text, name: 'org.yaml', folder: undefined });
      assert.ok(read.ok, read.ok ? '' : formatFaults(read.faults, 'org.yaml'));
      const applied = await server.apply(read.file, options);
      assert.ok(applied.ok);
      return applied;
    };
  };

  it('is set, replaced, kept where the file doesn’t say, and removed by null', async () => {
    const apply = makeApply();
    const created = await apply(inBase64(LOGO));
    assert.deepEqual(await octetsOf(created.instance), LOGO);
    assert.deepEqual([created.instance.logo?.width, created.instance.logo?.height], [30, 20]);
    assert.deepEqual(changed(await apply(inBase64(LOGO))), {});
    assert.deepEqual(changed(await apply(BARE)), {});

    const previewed = await apply(inBase64(OTHER), { dryRun: true });
    assert.deepEqual(changed(previewed), { instances: { created: 0, updated: 1 } });
    assert.deepEqual(await octetsOf(previewed.instance), LOGO);
    assert.deepEqual(await octetsOf((await apply(inBase64(OTHER))).instance), OTHER);

    const { instance } = await apply(withLogo('null'));
    assert.equal(instance.logo, null);
    assert.deepEqual(await open().read.selectFrom('logos').selectAll().execute(), []);
  });

  it('is recorded by its hash, refused for an old version, and gone after a reset', async () => {
    const { instance } = await makeApply()(inBase64(LOGO));
    const server = makeFileServer(open());
    const [event] = (
      await listEvents(open().read, instance.organization.id, {}, { limit: 100 })
    ).items.filter(({ eventName }) => eventName === 'UpdateInstance');
    assert.deepEqual(event?.requestParameters?.['logo'], instance.logo);
    assert.ok(!JSON.stringify(event).includes(LOGO.toString('base64').slice(0, 40)));

    const read = readLogo(OTHER);
    assert.ok(read.ok);
    const { logo } = read;
    const early = { ...instance, version: instance.version - 1 };
    await assert.rejects(
      server.run(early, (work) => setLogo(work, early, logo)),
      failsWith('ConflictException'),
    );
    assert.deepEqual(await octetsOf(instance), LOGO);

    const empty = await server.run(instance, (work) => resetOrganization(work, instance.organization));
    assert.equal(empty.instance?.logo, null);
    assert.deepEqual(await open().read.selectFrom('logos').selectAll().execute(), []);
  });
});

describe('a logo beside an organization file', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-logo-'));
    await writeFile(join(folder, 'logo.png'), LOGO);
    await writeFile(join(folder, 'page.png'), '<script>alert(1)</script>');
  });
  after(() => rm(folder, { recursive: true }));

  const read = (logo: string, inFolder: string | undefined = folder) =>
    readOrganizationFile({ text: withLogo(logo), name: 'org.yaml', folder: inFolder });
  const faultOf = async (...given: Parameters<typeof read>) => {
    const result = await read(...given);
    return result.ok ? '' : formatFaults(result.faults, 'org.yaml');
  };

  it('is read', async () => {
    const result = await read('{file: logo.png}');
    assert.ok(result.ok);
    assert.deepEqual(result.file.logo?.octets, LOGO);
    assert.ok(!('branding' in result.file.settings && 'logo' in (result.file.settings.branding ?? {})));
  });

  it('is refused with its place: missing, no picture, two sources, or named by a text from elsewhere', async () => {
    const at = /^org\.yaml:\d+:\d+: settings\.branding\.logo/;
    const refusals = [
      [await faultOf('{file: nowhere.png}'), /nowhere\.png does not exist/],
      [await faultOf('{file: page.png}'), /page\.png is neither a PNG nor a JPEG/],
      [await faultOf('{file: /dev/zero}'), /not a regular file/],
      [await faultOf('{file: logo.png, base64: AAAA}'), /.+/],
      [await faultOf('{}'), /either the file of the logo, or its base64/],
      [await faultOf('{base64: AAAA}'), /neither a PNG nor a JPEG/],
    ] as const;
    for (const [fault, reason] of refusals) {
      assert.match(fault, at);
      assert.match(fault, reason);
    }
    const result = await readOrganizationFile({
      ...{ text: withLogo('{file: logo.png}'), name: 'the body', folder: undefined },
    });
    assert.ok(!result.ok);
    assert.match(formatFaults(result.faults, 'x'), /this text has no folder/);
  });
});
