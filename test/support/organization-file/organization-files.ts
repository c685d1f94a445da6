import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  formatFaults,
  readOrganizationFile,
  type ReadResult,
} from '../../../src/administration/organization-file/read/read.ts';
import type { OrganizationFile } from '../../../src/administration/organization-file/read/schema.ts';

/** The folder of the fixtures. */
export const FOLDER = fileURLToPath(new URL('../../fixtures/organization-file/', import.meta.url));

const complete = readFileSync(`${FOLDER}complete.yaml`, 'utf8');

/** A replacement of a text that occurs exactly once. */
export type Edit = readonly [from: string, to: string];

/** The fixture with these edits. Lines that aren't edited keep their place. */
export function edited(...edits: Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`Not exactly once in the fixture: ${from}`);
    return text.replace(from, () => to);
  }, complete);
}

export function readText(text: string, folder: string | undefined): Promise<ReadResult> {
  return readOrganizationFile({ text, name: 'org.yaml', folder });
}

/** The faults of a text as people see them; empty when it is valid. */
export async function faultsOf(text: string): Promise<string> {
  const read = await readText(text, FOLDER);
  return read.ok ? '' : formatFaults(read.faults, 'org.yaml', read.more);
}

/** Reads a text that must be valid. */
export async function readGood(...edits: Edit[]): Promise<OrganizationFile> {
  const read = await readText(edited(...edits), FOLDER);
  if (!read.ok) throw new Error(formatFaults(read.faults, 'org.yaml'));
  return read.file;
}
