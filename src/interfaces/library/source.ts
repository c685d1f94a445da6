import { z } from 'zod';
import {
  formatFaults,
  readOrganizationFile,
  type OrganizationText as Text,
} from '../../administration/organization-file/read/read.ts';
import type { OrganizationFile } from '../../administration/organization-file/read/schema.ts';
import type { FileFault } from '../../administration/organization-file/read/fault.ts';
import type { OrganizationContent, OrganizationSource, OrganizationText } from './types/content.ts';
import { VestibuleError } from './error.ts';

/** Tests create many users, whose passwords need no protection. */
export const CHEAP_SETTINGS = { signIn: { passwordHashCost: 4 } } as const;

/** The required fields of an organization file, for sources that leave them out. */
export const DEFAULT_CONTENT = {
  version: 1,
  organization: { name: 'Test', managementAccountId: '111122223333' },
  instance: { region: 'us-east-1' },
} as const;

const sourceSchema = z.union(
  [
    z.string(),
    z.strictObject({ yaml: z.string(), folder: z.string().optional() }),
    z.looseObject({ yaml: z.undefined().optional() }),
  ],
  {
    error:
      'Expected the path of an organization file, { yaml: text }, or the content of a file as an object.',
  },
);

/** Reads a source. Throws a VestibuleError with all faults, with their line numbers if the source is text. */
export async function readSource(source: OrganizationSource): Promise<OrganizationFile> {
  sourceSchema.parse(source);
  const name = nameOf(source);
  const read = await readOrganizationFile(
    typeof source === 'string'
      ? source
      : isText(source)
        ? textOf(source.yaml, source.folder)
        : contentOf(source),
  );
  if (read.ok) return read.file;
  throw refused(read.faults, source, name, read.more);
}

/** The error for a source's faults. Called directly for those that only show against the database. */
export function refused(
  faults: readonly FileFault[],
  source: OrganizationSource,
  name = nameOf(source),
  more = 0,
): VestibuleError {
  // An object has no lines: those of the JSON into which it was converted would mean nothing to the reader.
  const shown =
    typeof source === 'string' || isText(source)
      ? faults
      : faults.map((each) => ({ ...each, line: 0, column: 0 }));
  const fields = faults.map(({ path, message }) => ({ field: path, message }));
  return new VestibuleError('ValidationException', formatFaults(shown, name, more), { fields });
}

const nameOf = (source: OrganizationSource) => (typeof source === 'string' ? source : 'organization');

function isText(source: Exclude<OrganizationSource, string>): source is OrganizationText {
  return 'yaml' in source;
}

const textOf = (text: string, folder: string | undefined): Text => ({ text, name: 'organization', folder });

/** JSON is YAML, so an object is converted to text and then read and checked like a file. */
function contentOf({ settings, ...content }: OrganizationContent): Text {
  const signIn = { ...CHEAP_SETTINGS.signIn, ...settings?.signIn };
  const whole = { ...DEFAULT_CONTENT, ...content, settings: { ...settings, signIn } };
  return textOf(JSON.stringify(whole), undefined);
}
