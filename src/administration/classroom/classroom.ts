import type { Instant } from '../../foundation/platform/clock.ts';
import type { FieldFault } from '../../foundation/platform/errors.ts';
import type { ClassroomId, DirectoryId, OrganizationId } from '../../foundation/platform/ids.ts';

/** The largest class. Each student costs an organization with its keys, and two password hashes for each sheet. */
export const MAX_STUDENTS = 100;
/** The most classes of a server. */
export const MAX_CLASSROOMS = 50;

/** A class: students, each with an organization of their own, made from one organization file. */
export interface Classroom {
  readonly id: ClassroomId;
  readonly name: string;
  /**
   * `interrupted`: the server that worked on it has stopped. After `failed`, `stopped` and `interrupted` the rest can be
   * done by going on.
   */
  readonly status: 'idle' | 'running' | 'stopped' | 'failed' | 'interrupted';
  readonly students: number;
  /** How many students the last work was about, and how many of them are done. */
  readonly total: number;
  readonly done: number;
  /** Why the work with some students failed; each message names its student. */
  readonly faults: readonly FieldFault[];
  /** How many sheets were made. */
  readonly sheets: number;
  readonly createdAt: Instant;
}

/** What is still to be done with a student's organization. */
export type Pending = 'make' | 'reset' | 'delete';

/** What an operator asks for one student, by their number, or for all. */
export interface Change {
  readonly pending: Exclude<Pending, 'make'>;
  readonly number?: number | undefined;
}

/** A student as a list names them. */
export interface ListedStudent {
  readonly name: string;
  readonly email?: string | undefined;
}

/** A student, with the names and ids that their organization has whenever it is made. */
export interface Student {
  /** From 1, in the order of the list. */
  readonly number: number;
  readonly name: string;
  readonly email: string;
  /** Of their own user, who administers the organization. */
  readonly userName: string;
  readonly organizationId: OrganizationId;
  readonly directoryId: DirectoryId;
  readonly alias: string | null;
}

/** A student of a class, with what is stored beside their names. */
export interface StoredStudent extends Student {
  readonly pending: Pending | null;
  readonly hashes: PasswordHashes | undefined;
}

/** Of the passwords of a student and of the other users of their organization. */
export interface PasswordHashes {
  readonly own: string;
  readonly users: string;
}
