import type { Work } from '../../../domain/audit/commands.ts';

type Kind =
  | 'organizations'
  | 'instances'
  | 'groups'
  | 'users'
  | 'memberships'
  | 'consoleAccess'
  | 'mfaDevices'
  | 'trustedDevices'
  | 'applications'
  | 'certificates'
  | 'assignments';
type Outcome = 'created' | 'updated' | 'unchanged' | 'removed';

/** How many records of each kind were created, updated, left unchanged and removed. */
export type Counts = Readonly<Record<Kind, Readonly<Record<Outcome, number>>>>;

/** A record that is removed because the file doesn't declare it. */
export interface Removal {
  readonly kind: Kind;
  /** Shown to users: a name, or `olga in Developers` for a membership and `olga to Wiki` for an assignment. */
  readonly name: string;
}

type Step = (work: Work) => Promise<unknown>;

/** The changes to make, in order, found before anything is written. */
export interface Plan {
  readonly counts: Counts;
  readonly steps: readonly Step[];
  readonly removals: readonly Removal[];
  /** Adds the steps of one change, and counts it. */
  add(kind: Kind, outcome: 'created' | 'updated', ...steps: Step[]): void;
  /** Adds the step that removes a record, counts the removal and records its name. */
  remove(kind: Kind, name: string, step: Step): void;
  /** Adds a step without counting it. */
  step(step: Step): void;
  /** Counts an unchanged record. */
  leave(kind: Kind): void;
}

export function createPlan(): Plan {
  const none = () => ({ created: 0, updated: 0, unchanged: 0, removed: 0 });
  const counts = {
    ...{ organizations: none(), instances: none(), groups: none(), users: none(), memberships: none() },
    ...{ consoleAccess: none(), mfaDevices: none(), trustedDevices: none() },
    ...{ applications: none(), certificates: none(), assignments: none() },
  } satisfies Counts;
  const steps: Step[] = [];
  const removals: Removal[] = [];
  return {
    counts,
    steps,
    removals,
    add(kind, outcome, ...added) {
      counts[kind][outcome] += 1;
      steps.push(...added);
    },
    remove(kind, name, step) {
      counts[kind].removed += 1;
      removals.push({ kind, name });
      steps.push(step);
    },
    step: (step) => void steps.push(step),
    leave: (kind) => void (counts[kind].unchanged += 1),
  };
}
