import type { Instant } from '../../foundation/platform/clock.ts';
import type { FieldFault } from '../../foundation/platform/errors.ts';
import type { ImportId } from '../../foundation/platform/ids.ts';
import type { DeclaredGroup, DeclaredUser } from '../organization-file/read/schema.ts';

/** An import of users and groups, which runs in the background. */
export interface BulkImport {
  readonly id: ImportId;
  /**
   * `stopped`: by a person, or because the administrator who started it may not go on. `interrupted`: the server that ran
   * it has stopped. After both, sending the same content again imports the rest.
   */
  readonly status: 'running' | 'done' | 'failed' | 'stopped' | 'interrupted';
  /** How many groups and users were sent. */
  readonly total: number;
  /** How many of them are committed. */
  readonly done: number;
  /** Why it failed, or was stopped by nobody: faults that showed only while it ran. */
  readonly faults: readonly FieldFault[];
  /** Undefined for imports of earlier versions. */
  readonly startedBy: ImportStarter | undefined;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
}

/** An administrator by the user name of then, or an operator by the way taken, such as `control-api`. */
export type ImportStarter = { readonly user: string } | { readonly operator: string };

/** The checked groups and users of an import. */
export interface BulkImportContent {
  readonly groups: readonly DeclaredGroup[];
  readonly users: readonly DeclaredUser[];
}
