import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import { settingsSchema, type SettingsInput } from '../../../domain/organizations/settings.ts';
import { crossCheck } from './cross-checks.ts';
import {
  formatPath,
  firstFaults,
  wholeFileFault,
  type FileFault,
  type Path,
  type PathFault,
} from './fault.ts';
import { describeIssue, toFaults } from './issue-faults.ts';
import { looseList, looseRecord } from './loose.ts';
import { readMetadataFiles, type MetadataFiles } from './metadata-files.ts';
import { readRegularFile } from './regular-file.ts';
import {
  applicationSchema,
  organizationFileSchema,
  type DeclaredApplication,
  type OrganizationFile,
} from './schema.ts';
import { parseYaml, type YamlDocument } from './yaml-document.ts';

export { formatFaults } from './fault.ts';

/** Of a file: an export of fifty thousand users has 20 MiB, and whoever names a file here waits for it. */
const MOST_FILE_BYTES = 64 * 1024 * 1024;
/** Of a text, which somebody sent to a server that others use meanwhile. */
const MOST_TEXT_BYTES = 10 * 1024 * 1024;
/** A mark and a space, a word: an export has three bytes of each of them, and nothing has less than one. */
const BYTES_OF_A_LEXEME = 3;

/** An organization file that isn't on a disk. */
export interface OrganizationText {
  readonly text: string;
  /** What messages call it. */
  readonly name: string;
  /** Where the metadata files lie that it names; undefined: it can't name any. */
  readonly folder: string | undefined;
  /** Words and marks that are read at the most, where others wait meanwhile: some ten microseconds each. */
  readonly mostLexemes?: number;
}

export type ReadResult =
  | { readonly ok: true; readonly file: OrganizationFile }
  | {
      readonly ok: false;
      /** The first hundred faults, and how many there are besides: a place takes longer to find than a fault. */
      readonly faults: readonly FileFault[];
      readonly more: number;
      /** The applications that have none of them: for who checks the file further. */
      readonly sound?: Pick<OrganizationFile, 'applications' | 'settings' | 'faultAt'>;
    };

/**
 * Reads and checks an organization file, given by its path (at most 64 MiB) or as text (at most 10 MiB), with the metadata files that it
 * names. All its faults are found at once, each with its line and column. Never throws for what a file holds.
 */
export async function readOrganizationFile(source: string | OrganizationText): Promise<ReadResult> {
  const opened = await openSource(source);
  if (!opened.ok) return opened;
  const { text, name, folder } = opened.source;
  const parsed = await parseYaml(text, opened.mostLexemes);
  if (!parsed.ok) return { ok: false, ...firstFaults(parsed.faults.map((fault) => () => fault)) };
  const { document } = parsed;
  // Somebody took another file for it: one sentence then, instead of a fault for each of its lines.
  if (
    !Object.keys(looseRecord(document.value)).some((key) => Object.hasOwn(organizationFileSchema.shape, key))
  ) {
    const message = `This is not an organization file. Expected: ${Object.keys(organizationFileSchema.shape).join(', ')}.`;
    return refuse(message);
  }

  await setImmediate(); // Each step takes its time: others have theirs in between.
  const checked = organizationFileSchema.safeParse(document.value, { error: describeIssue });
  await setImmediate();
  const metadata = await readMetadataFiles(document.value, folder);
  const across = crossCheck(document.value, (path) => document.placeOf(path).line);
  const faults = [
    ...parsed.faults.map((fault) => () => fault),
    ...(checked.success ? [] : toFaults(checked.error.issues, document)),
    ...[...across, ...metadata.faults].map((fault) => () => placed(document, fault)),
  ];
  const readable = checked.success ? checked.data.applications : soundOnes(document.value);
  const applications = withMetadata(readable, metadata.texts);
  const { settings: givenSettings } = looseRecord(document.value);
  // As they were given, without the defaults, when the schema accepts them.
  const settings = settingsSchema.safeParse(givenSettings ?? {}).success
    ? (looseRecord(givenSettings) as SettingsInput)
    : {};
  const faultAt = (path: Path, message: string) => placed(document, { path, message });
  if (!checked.success || faults.length > 0) {
    return { ok: false, ...firstFaults(faults), sound: { applications, settings, faultAt } };
  }
  return { ok: true, file: { ...checked.data, settings, applications, name, faultAt } };
}

type ApplicationInFile = z.output<typeof applicationSchema>;

/** What the schema accepts of a list of applications of which it didn't accept all. */
function soundOnes(value: unknown): (ApplicationInFile | undefined)[] {
  const given = looseList(looseRecord(value)['applications']);
  return given.map((each) => applicationSchema.safeParse(each).data);
}

/** The applications with the metadata of the files that they name; one whose file isn't there is left out. */
function withMetadata(
  applications: readonly (ApplicationInFile | undefined)[],
  texts: MetadataFiles['texts'],
): DeclaredApplication[] {
  return applications.flatMap((application, index) => {
    if (!application) return [];
    const { serviceProvider } = application;
    if (serviceProvider?.from !== 'file') return [{ ...application, serviceProvider, index }];
    const metadataXml = texts.get(index);
    if (metadataXml === undefined) return [];
    const { name: metadataFile, entityId } = serviceProvider;
    const read = { from: 'metadata', metadataXml, ...(entityId === undefined ? {} : { entityId }) } as const;
    return [{ ...application, serviceProvider: read, metadataFile, index }];
  });
}

function placed(document: YamlDocument, { path, message }: PathFault): FileFault {
  return { ...document.placeOf(path), path: formatPath(path), message };
}

type Opened = { ok: true; source: OrganizationText; mostLexemes: number } | Refused;
type Refused = Extract<ReadResult, { ok: false }>;

const refuse = (message: string): Refused => ({ ok: false, faults: [wholeFileFault(message)], more: 0 });

async function openSource(source: string | OrganizationText): Promise<Opened> {
  if (typeof source === 'string') {
    const read = await readRegularFile(source, MOST_FILE_BYTES);
    if (!read.ok) return refuse(`The file ${read.message}.`);
    const opened = { text: read.text, name: source, folder: dirname(source) };
    return { ok: true, source: opened, mostLexemes: MOST_FILE_BYTES / BYTES_OF_A_LEXEME };
  }
  if (Buffer.byteLength(source.text) > MOST_TEXT_BYTES) {
    return refuse('The file has more than 10 MiB.');
  }
  return { ok: true, source, mostLexemes: source.mostLexemes ?? MOST_TEXT_BYTES / BYTES_OF_A_LEXEME };
}
