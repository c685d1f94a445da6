import { createCommands } from '../domain/audit/commands.ts';
import { createRecorder } from '../domain/audit/recorder.ts';
import { generateKeyPair } from '../domain/certificates/key-pair.ts';
import { createKeyPool } from '../domain/certificates/key-pool.ts';
import {
  createApplyOrganizationFile,
  type ApplyResult,
} from '../administration/organization-file/apply/apply.ts';
import { formatFaults, readOrganizationFile } from '../administration/organization-file/read/read.ts';
import { systemClock } from '../foundation/platform/clock.ts';
import { randomIds } from '../foundation/platform/ids.ts';
import { resolveSample } from '../lab/samples/samples.ts';
import { readServerState } from '../foundation/storage/server-state.ts';
import { warn } from './announce.ts';
import { onDatabase } from './on-database.ts';
import { terminalText } from './terminal-text.ts';

export interface ApplyFlags extends Record<string, unknown> {
  organization: string;
  prune?: boolean;
  resetPasswords?: boolean;
  dryRun?: boolean;
}

/** `vestibule apply`: creates or changes an organization as a file declares. Returns the exit code. */
export async function apply(path: string, flags: ApplyFlags): Promise<number> {
  const { organization, prune = false, resetPasswords = false, dryRun = false } = flags;
  const read = await readOrganizationFile(path);
  if (!read.ok) {
    warn(formatFaults(read.faults, path, read.more));
    warn('Nothing was applied.');
    return 1;
  }
  return onDatabase(flags, { ifAbsent: dryRun ? 'pretend' : 'make' }, async ({ config, db, sealer }) => {
    const record = createRecorder({ clock: systemClock, ids: randomIds });
    const keyPool = createKeyPool({ size: 1, generate: () => generateKeyPair(2048) });
    const lastUrl = await readServerState(db.read, 'public-url');
    const publicOrigin = config.publicUrl?.origin ?? lastUrl ?? `http://localhost:${config.port}`;
    try {
      const applyFile = createApplyOrganizationFile({
        ...{ db, sealer, keyPool, clock: systemClock, ids: randomIds },
        commands: createCommands({ db, record }),
        // The database keeps the keys.
        keyCache: undefined,
        resolveSample: (name, directoryId) => resolveSample(name, { publicOrigin, directoryId }),
      });
      const result = await applyFile(read.file, { organization, prune, resetPasswords, dryRun });
      return report(path, result, dryRun);
    } finally {
      keyPool.close();
    }
  });
}

function report(path: string, result: ApplyResult, dryRun: boolean): number {
  if (!result.ok) {
    warn(formatFaults(result.faults, path));
    warn('Nothing was applied.');
    return 1;
  }
  if (result.warnings.length > 0) warn(formatFaults(result.warnings, path));
  const { organization } = result.instance;
  const changes = describeCounts(result.counts);
  const lines = [
    dryRun
      ? `${path} would be applied to ${organization.name} (${organization.id}); nothing was changed.`
      : `${path} is applied to ${organization.name} (${organization.id}).`,
    ...(changes.length > 0 ? changes : ['  Everything is as declared already.']),
    ...(dryRun ? result.changes : []).map(({ kind, name, outcome }) => `  to be ${outcome}: ${kind} ${name}`),
    ...result.removals.map(({ kind, name }) => `  ${dryRun ? 'to be removed' : 'removed'}: ${kind} ${name}`),
  ];
  process.stdout.write(terminalText(`${lines.join('\n')}\n`));
  return 0;
}

type Counts = Extract<ApplyResult, { ok: true }>['counts'];

/** A line for each kind of record with changes. */
function describeCounts(counts: Counts): string[] {
  return Object.entries(counts).flatMap(([kind, { created, updated, removed }]) => {
    const parts = Object.entries({ created, updated, removed })
      .filter(([, count]) => count > 0)
      .map(([outcome, count]) => `${count} ${outcome}`);
    return parts.length > 0 ? [`  ${kind.padEnd(13)} ${parts.join(', ')}`] : [];
  });
}
