import { dirname } from 'node:path';
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
import { readDeclaredLogo, withoutLogo } from './declared-logo.ts';
import { looseList, looseRecord } from './loose.ts';
import { readMetadataFiles, type MetadataFiles } from './metadata-files.ts';
import { readRegularFile } from '../../../foundation/platform/regular-file.ts';
import {
  applicationSchema,
  organizationFileSchema,
  type DeclaredApplication,
  type OrganizationFile,
} from './schema.ts';
import { parseYaml, type YamlDocument } from './yaml-document.ts';
import { nextTurn } from '../../../foundation/platform/turns.ts';

export { formatFaults } from './fault.ts';

/** The largest file that the command line reads; an export of fifty thousand users has 20 MiB. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** The largest text: it is smaller because a client sends it to a server that also answers other requests. */
const MAX_TEXT_BYTES = 10 * 1024 * 1024;
/** An export has about three bytes for each lexeme (a word or a mark). */
const BYTES_PER_LEXEME = 3;

/** An organization file given as text. */
export interface OrganizationText {
  readonly text: string;
  /** The name in messages. */
  readonly name: string;
  /** The folder of the metadata files that it names; undefined when it may not name any. */
  readonly folder: string | undefined;
  /** The largest number of words and marks to read. Each takes some ten microseconds, while other requests wait. */
  readonly maxLexemes?: number;
}

export type ReadResult =
  | { readonly ok: true; readonly file: OrganizationFile }
  | {
      readonly ok: false;
      /** The first hundred faults. `more` counts the others, whose places would take long to find. */
      readonly faults: readonly FileFault[];
      readonly more: number;
      /** The applications and settings without faults, for further checks of the file. */
      readonly sound?: Pick<OrganizationFile, 'applications' | 'settings' | 'faultAt'>;
    };

/**
 * Reads and checks an organization file, given by its path (at most 64 MiB) or as text (at most 10 MiB), and the
 * metadata files that it names. It reports all faults together, each with line and column. Never throws, whatever the
 * file contains.
 */
export async function readOrganizationFile(source: string | OrganizationText): Promise<ReadResult> {
  const opened = await openSource(source);
  if (!opened.ok) return opened;
  const { text, name, folder } = opened.source;
  const parsed = await parseYaml(text, opened.maxLexemes);
  if (!parsed.ok) return { ok: false, ...firstFaults(parsed.faults.map((fault) => () => fault)) };
  const { document } = parsed;
  // Another kind of file gets one message, and not a fault for each of its lines.
  if (
    !Object.keys(looseRecord(document.value)).some((key) => Object.hasOwn(organizationFileSchema.shape, key))
  ) {
    const message = `This is not an organization file. Expected: ${Object.keys(organizationFileSchema.shape).join(', ')}.`;
    return refuse(message);
  }

  await nextTurn(); // Each step takes long for a large file, so other work runs between them.
  const checked = organizationFileSchema.safeParse(document.value, { error: describeIssue });
  await nextTurn();
  const metadata = await readMetadataFiles(document.value, folder);
  const { logo, faults: logoFaults } = await readDeclaredLogo(document.value, folder);
  const across = crossCheck(document.value, (path) => document.placeOf(path).line);
  const faults = [
    ...parsed.faults.map((fault) => () => fault),
    ...(checked.success ? [] : toFaults(checked.error.issues, document)),
    ...[...across, ...metadata.faults, ...logoFaults].map((fault) => () => toFileFault(document, fault)),
  ];
  const readable = checked.success ? checked.data.applications : validApplications(document.value);
  const applications = withMetadata(readable, metadata.texts);
  const givenSettings = withoutLogo(looseRecord(document.value)['settings']);
  // The settings as given, without defaults, if they are valid.
  const settings = settingsSchema.safeParse(givenSettings).success ? (givenSettings as SettingsInput) : {};
  const faultAt = (path: Path, message: string) => toFileFault(document, { path, message });
  if (!checked.success || faults.length > 0) {
    return { ok: false, ...firstFaults(faults), sound: { applications, settings, faultAt } };
  }
  return { ok: true, file: { ...checked.data, settings, logo, applications, name, faultAt } };
}

type ApplicationInFile = z.output<typeof applicationSchema>;

/** The applications of an invalid file; undefined for each that is itself invalid. */
function validApplications(value: unknown): (ApplicationInFile | undefined)[] {
  const given = looseList(looseRecord(value)['applications']);
  return given.map((each) => applicationSchema.safeParse(each).data);
}

/** Adds the metadata from the files that applications name; leaves out an application whose file could not be read. */
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

function toFileFault(document: YamlDocument, { path, message }: PathFault): FileFault {
  return { ...document.placeOf(path), path: formatPath(path), message };
}

type Opened = { ok: true; source: OrganizationText; maxLexemes: number } | Refused;
type Refused = Extract<ReadResult, { ok: false }>;

const refuse = (message: string): Refused => ({ ok: false, faults: [wholeFileFault(message)], more: 0 });

async function openSource(source: string | OrganizationText): Promise<Opened> {
  if (typeof source === 'string') {
    const read = await readRegularFile(source, MAX_FILE_BYTES);
    if (!read.ok) return refuse(`The file ${read.message}.`);
    const opened = { text: read.text, name: source, folder: dirname(source) };
    return { ok: true, source: opened, maxLexemes: MAX_FILE_BYTES / BYTES_PER_LEXEME };
  }
  if (Buffer.byteLength(source.text) > MAX_TEXT_BYTES) {
    return refuse('The file has more than 10 MiB.');
  }
  return { ok: true, source, maxLexemes: source.maxLexemes ?? MAX_TEXT_BYTES / BYTES_PER_LEXEME };
}
