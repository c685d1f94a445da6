import type { Instant } from '../../foundation/platform/clock.ts';
import type { FieldFault } from '../../foundation/platform/errors.ts';
import type { ImportId } from '../../foundation/platform/ids.ts';
import type { DeclaredGroup, DeclaredUser } from '../organization-file/read/schema.ts';

/** Users and groups that are loaded in the background. */
export interface BulkImport {
  readonly id: ImportId;
  /** `interrupted`: the server that ran it is gone. Sent again, it goes on with what isn't there yet. */
  readonly status: 'running' | 'done' | 'failed' | 'interrupted';
  /** How many groups and users were sent. */
  readonly total: number;
  /** How many of them are as they were sent; each counts when it is committed. */
  readonly done: number;
  /** Why it failed: what only showed while it ran. */
  readonly faults: readonly FieldFault[];
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
}

/** What an import brings, checked. */
export interface BulkImportContent {
  readonly groups: readonly DeclaredGroup[];
  readonly users: readonly DeclaredUser[];
}
