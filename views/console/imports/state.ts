import type { When } from '../../components/when.tsx';

/** An import of users and groups, as pages show it. */
export interface ShownImport {
  id: string;
  status: 'running' | 'done' | 'failed' | 'stopped' | 'interrupted';
  done: number;
  total: number;
  /** What went wrong while it ran. */
  faults: readonly string[];
  /** A user name, or which operator; undefined for imports of earlier versions. */
  startedBy: string | undefined;
  startedAt: When;
}

export const STATUS_WORDS: Record<ShownImport['status'], string> = {
  running: 'Under way',
  done: 'Done',
  failed: 'Failed',
  stopped: 'Stopped',
  interrupted: 'Interrupted',
};
