import { resolve } from 'node:path';
import type { PathFault } from './fault.ts';
import { looseList, looseRecord, looseText } from './loose.ts';
import { readRegularOctets } from '../../../foundation/platform/regular-file.ts';
import { decodeXml } from '../../../protocols/saml/xml/decode.ts';
import { METADATA_LIMITS } from '../../../protocols/saml/xml/limits.ts';

export interface MetadataFiles {
  /** The text of each metadata file, by the index of its application. */
  readonly texts: ReadonlyMap<number, string>;
  readonly faults: readonly PathFault[];
}

/**
 * Reads the metadata files that an organization file names, relative to its own folder. A text without a folder (one
 * that came over the network) may not name files, since its sender could then read files of this machine.
 */
export async function readMetadataFiles(value: unknown, folder: string | undefined): Promise<MetadataFiles> {
  const texts = new Map<number, string>();
  const faults: PathFault[] = [];
  for (const [index, application] of looseList(looseRecord(value)['applications']).entries()) {
    const name = looseText(looseRecord(looseRecord(application)['serviceProvider'])['metadata']);
    if (name === undefined || name === '') continue;
    const path = ['applications', index, 'serviceProvider', 'metadata'];
    if (folder === undefined) {
      faults.push({
        path,
        message:
          'Metadata files can’t be used here, since this text has no folder: give the metadata as metadataXml.',
      });
      continue;
    }
    const file = await readRegularOctets(resolve(folder, name), METADATA_LIMITS.bytes);
    const read = file.ok ? decodeXml(file.octets) : file;
    if (read.ok) texts.set(index, read.text);
    else faults.push({ path, message: `The file ${name} ${read.message}.` });
  }
  return { texts, faults };
}
