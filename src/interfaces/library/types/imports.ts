import type { NewGroup, NewUser } from './declared-directory.ts';

/** An import of many users and groups, as of when it was read. Instants are ISO 8601. */
export interface UserImport {
  readonly id: string;
  /** After `stopped` and `interrupted`, starting the same import again adds what is missing. */
  readonly status: 'running' | 'done' | 'failed' | 'stopped' | 'interrupted';
  /** How many groups and users were given. */
  readonly total: number;
  /** How many of them are stored. */
  readonly done: number;
  /** What went wrong while it ran. */
  readonly faults: readonly string[];
  /** An administrator by the user name of then, or an operator by the way taken, such as `library`. */
  readonly startedBy: { readonly user: string } | { readonly operator: string } | undefined;
  readonly createdAt: string;
  /** Undefined while it runs. */
  readonly finishedAt: string | undefined;
}

/** The imports of an organization, which run in the background, one at a time. */
export interface Imports {
  /**
   * Checks all groups and users, then begins to store them: those that exist already are changed where they differ.
   *
   * @example
   * const { id } = await organization.imports.start({ users });
   * while ((await organization.imports.get(id))?.status === 'running') await setTimeout(100);
   */
  start(content: {
    readonly groups?: readonly NewGroup[];
    readonly users?: readonly NewUser[];
  }): Promise<UserImport>;
  /** The import, or undefined if there is none. */
  get(started: string | Pick<UserImport, 'id'>): Promise<UserImport | undefined>;
  /** The latest hundred, newest first. */
  list(): Promise<readonly UserImport[]>;
  /** Stops a running import: what is stored stays. */
  stop(started: string | Pick<UserImport, 'id'>): Promise<UserImport>;
}
