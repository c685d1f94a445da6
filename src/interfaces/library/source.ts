import {
  formatFaults,
  readOrganizationFile,
  type OrganizationText as Text,
} from '../../administration/organization-file/read/read.ts';
import type { OrganizationFile } from '../../administration/organization-file/read/schema.ts';
import type { FileFault } from '../../administration/organization-file/read/fault.ts';
import type { OrganizationContent, OrganizationSource, OrganizationText } from './types/content.ts';
import { VestibuleError } from './error.ts';

/** Tests create many people, and none of them has a secret. */
export const CHEAP_SETTINGS = { signIn: { passwordHashCost: 4 } } as const;

export const DEFAULT_CONTENT = {
  version: 1,
  organization: { name: 'Test', managementAccountId: '111122223333' },
  instance: { region: 'us-east-1' },
} as const;

/** What a source declares. Throws a VestibuleError with all its faults, with their lines where it is a text. */
export async function readSource(source: OrganizationSource): Promise<OrganizationFile> {
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

/** The faults of a source, for what only shows against the database. */
export function refused(
  faults: readonly FileFault[],
  source: OrganizationSource,
  name = nameOf(source),
  more = 0,
): VestibuleError {
  // An object has no lines: those of the text that it was made into would send a reader nowhere.
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

/** JSON is YAML: an object goes the way that a file goes, and is checked as one. */
function contentOf({ settings, ...content }: OrganizationContent): Text {
  const signIn = { ...CHEAP_SETTINGS.signIn, ...settings?.signIn };
  const whole = { ...DEFAULT_CONTENT, ...content, settings: { ...settings, signIn } };
  return textOf(JSON.stringify(whole), undefined);
}
