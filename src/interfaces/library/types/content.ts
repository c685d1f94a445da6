import type { DeclaredApplication } from './declared-applications.ts';
import type { MayAdminister, NewGroup, NewUser } from './declared-directory.ts';
import type { DeclaredSettings } from './settings.ts';

/*
 * The declarations of an organization file. Written by hand, so that editors show plain types; a test
 * compares them with the schema.
 */

/**
 * The source of an organization: the path of an organization file, its text, or its content as an object.
 *
 * @example
 * await startVestibule({ organization: './organization.yaml' });
 * await startVestibule({ organization: { yaml: 'version: 1\n…' } });
 * await startVestibule({ organization: { users: [ana], applications: [wiki] } });
 */
export type OrganizationSource = string | OrganizationText | OrganizationContent;

/** An organization file as text. */
export interface OrganizationText {
  readonly yaml: string;
  /** The folder of the metadata files that it names. Absent: it can’t name any. */
  readonly folder?: string;
}

/**
 * The content of an organization file as an object. Everything is optional; fields that a file requires have
 * defaults.
 */
export interface OrganizationContent {
  /** The version of the file format. */
  readonly version?: 1;
  /** Default: `{ name: 'Test', managementAccountId: '111122223333' }`. */
  readonly organization?: {
    readonly name: string;
    /** Twelve digits. */
    readonly managementAccountId: string;
    /** `o-…`; absent: derived. */
    readonly id?: string;
  };
  /** Default: `{ region: 'us-east-1' }`. */
  readonly instance?: {
    /** The name that addresses can use in place of the directory id. It must be unique on a server. */
    readonly alias?: string;
    readonly region: string;
    /** `d-` and ten hexadecimal digits; part of every EntityID. Absent: derived. */
    readonly directoryId?: string;
  };
  readonly settings?: DeclaredSettings;
  readonly groups?: readonly (NewGroup & MayAdminister)[];
  readonly users?: readonly (NewUser & MayAdminister)[];
  readonly applications?: readonly DeclaredApplication[];
}
