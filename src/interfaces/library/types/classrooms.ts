/** A class of students, each with an organization of their own, as of when it was read. Instants are ISO 8601. */
export interface Classroom {
  readonly id: string;
  readonly name: string;
  /** After `stopped`, `failed` and `interrupted`, `continue` does the rest. */
  readonly status: 'idle' | 'running' | 'stopped' | 'failed' | 'interrupted';
  readonly students: number;
  /** How many students the last work was about, and how many of them are done. */
  readonly total: number;
  readonly done: number;
  /** Why the work with some students failed. */
  readonly faults: readonly string[];
  /** How many sheets were made. */
  readonly sheets: number;
  readonly createdAt: string;
}

export interface NewClassroom {
  readonly name: string;
  /** At most a hundred. */
  readonly students: readonly { readonly name: string; readonly email?: string }[];
  /** The YAML of the organization file of which each student gets a copy. Default: the demo’s. */
  readonly file?: string;
  /** Whether the portals’ addresses have the students’ names (default) or directory ids. */
  readonly addresses?: 'names' | 'ids';
}

/** A student at this moment. */
export interface ClassroomStudent {
  readonly number: number;
  readonly name: string;
  readonly email: string;
  readonly userName: string;
  readonly organizationId: string;
  /** What is still to be done with their organization. */
  readonly pending: 'make' | 'reset' | 'delete' | undefined;
  /** Where they are, as far as it can be seen. */
  readonly step:
    | 'not-made'
    | 'no-identity-centre'
    | 'not-signed-in'
    | 'user-name'
    | 'password'
    | 'new-device'
    | 'second-factor'
    | 'signed-in'
    | 'application';
  readonly hasCard: boolean;
  /** Whether somebody in their organization is refused after too many attempts. */
  readonly isThrottled: boolean;
  readonly portalUrl: string | undefined;
  readonly lastEvent:
    | {
        readonly name: string;
        readonly userName: string | undefined;
        readonly failed: boolean;
        readonly at: string;
      }
    | undefined;
}

/** What a student needs to know. The passwords can’t be read again. */
export interface StudentCard {
  readonly number: number;
  readonly name: string;
  readonly userName: string;
  readonly password: string;
  readonly portalUrl: string;
  readonly consoleUrl: string;
  /** The other users of their organization, and the password of them all. */
  readonly users: readonly string[];
  readonly usersPassword: string;
  /** Why the card doesn’t work yet. */
  readonly problem: string | undefined;
}

/**
 * The classes of a server. Organizations are made, reset and deleted in the background: the status of the class says how
 * far that is. `student` is a student’s number; absent: all of the class.
 */
export interface Classrooms {
  /**
   * Checks a class and begins to make it.
   *
   * @example
   * const { id } = await vestibule.classrooms.create({ name: 'SAML 101', students: [{ name: 'Ada Lovelace' }] });
   * while ((await vestibule.classrooms.get(id))?.status === 'running') await setTimeout(100);
   * const cards = await vestibule.classrooms.makeSheet(id);
   */
  create(classroom: NewClassroom): Promise<Classroom>;
  /** The class, or undefined if there is none. */
  get(id: string): Promise<Classroom | undefined>;
  /** All classes, newest first. */
  list(): Promise<readonly Classroom[]>;
  /** Who is where. */
  students(id: string): Promise<readonly ClassroomStudent[]>;
  /** Makes new passwords, which are returned once. Those of earlier sheets stop working. */
  makeSheet(id: string, student?: number): Promise<readonly StudentCard[]>;
  /** Makes organizations again, as they were at the beginning. Cards stay valid. */
  reset(id: string, student?: number): Promise<Classroom>;
  /** Stops the work: what is done stays. */
  stop(id: string): Promise<Classroom>;
  /** Goes on with work that was stopped, was interrupted, or failed for some students. */
  continue(id: string): Promise<Classroom>;
  /** Lets everybody try again where somebody is throttled. Resolves to the students’ numbers. */
  unblock(id: string, student?: number): Promise<readonly number[]>;
  /** Deletes organizations. The class goes with its last student. */
  delete(id: string, student?: number): Promise<Classroom>;
}
