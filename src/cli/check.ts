import { sortFaults, type FileFault } from '../administration/organization-file/read/fault.ts';
import { organizationFileJsonSchema } from '../administration/organization-file/read/json-schema.ts';
import { prepareApplications } from '../administration/organization-file/apply/prepare.ts';
import { formatFaults, readOrganizationFile } from '../administration/organization-file/read/read.ts';
import type { OrganizationFile } from '../administration/organization-file/read/schema.ts';
import { settingsSchema } from '../domain/organizations/settings.ts';
import { systemClock } from '../foundation/platform/clock.ts';
import { derivedIds, newDirectoryId } from '../foundation/platform/ids.ts';
import { resolveSample } from '../lab/samples/samples.ts';
import { warn } from './announce.ts';

/**
 * `vestibule check`: reports all faults of organization files, without a database. Returns the exit code: 1
 * if there is any fault, 2 for wrong usage.
 */
export async function check(
  paths: readonly string[],
  { schema = false }: { schema?: boolean },
): Promise<number> {
  if (schema) {
    process.stdout.write(`${JSON.stringify(organizationFileJsonSchema(), undefined, 2)}\n`);
    return 0;
  }
  if (paths.length === 0) {
    warn('Name the organization files to check.');
    return 2;
  }
  let faulty = 0;
  for (const path of paths) {
    const { faults, more, warnings } = await checkFile(path);
    if (warnings.length > 0) warn(formatFaults(warnings, path));
    if (faults.length > 0) warn(formatFaults(faults, path, more));
    else process.stdout.write(`${path}: nothing is wrong.\n`);
    if (faults.length > 0) faulty += 1;
  }
  return faulty > 0 ? 1 : 0;
}

interface Checked {
  readonly faults: readonly FileFault[];
  /** How many more faults there are beyond those listed. */
  readonly more: number;
  readonly warnings: readonly FileFault[];
}

async function checkFile(path: string): Promise<Checked> {
  const read = await readOrganizationFile(path);
  const { faults = [], more = 0 } = read.ok ? {} : read;
  const sound = read.ok ? read.file : read.sound;
  if (!sound) return { faults, more, warnings: [] };
  // Any address will do: only the sample's existence is checked.
  const place = { publicOrigin: 'http://localhost', directoryId: newDirectoryId(derivedIds('check')) };
  const { quotas } = settingsSchema.parse(sound.settings);
  const prepared = await prepareApplications(
    {
      resolveSample: (name) => resolveSample(name, place),
      now: systemClock.now(),
      maxCertificateBytes: quotas.serviceProviderCertificateBytes,
    },
    sound,
    new Map(),
  );
  const warnings = sortFaults([...forDemonstrations(sound), ...prepared.warnings]);
  return { faults: sortFaults([...faults, ...prepared.faults]), warnings, more };
}

const FOR_DEMONSTRATIONS = {
  demoUsers: 'Everyone who opens the sign-in page sees the users’ names. Use it for demonstrations only.',
  demoMail:
    'Everyone at the machine on which the server listens can set every user’s password. Use it for demonstrations only.',
} as const;

/** Warns of settings that are only for demonstrations. */
function forDemonstrations({
  settings,
  faultAt,
}: Pick<OrganizationFile, 'settings' | 'faultAt'>): FileFault[] {
  return (['demoUsers', 'demoMail'] as const).flatMap((name) =>
    settings.signIn?.[name] === true ? [faultAt(['settings', 'signIn', name], FOR_DEMONSTRATIONS[name])] : [],
  );
}
