import type { Work } from '../../../domain/audit/commands.ts';

export type Kind =
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

/** A record that is created or updated. */
export interface Change extends Removal {
  readonly outcome: 'created' | 'updated';
}

/** As many changes are listed; all are counted. Nobody reads more, and a file can declare tens of thousands. */
export const MAX_LISTED = 1000;

type Step = (work: Work) => Promise<unknown>;

/** The changes to make, in order, found before anything is written. */
export interface Plan {
  readonly counts: Counts;
  readonly steps: readonly Step[];
  readonly removals: readonly Removal[];
  /** The first `MAX_LISTED` of the other changes. */
  readonly changes: readonly Change[];
  /** Adds the steps of one change, counts it and records its name. */
  add(kind: Kind, outcome: Change['outcome'], name: string, ...steps: Step[]): void;
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
  const changes: Change[] = [];
  return {
    counts,
    steps,
    removals,
    changes,
    add(kind, outcome, name, ...added) {
      counts[kind][outcome] += 1;
      if (changes.length < MAX_LISTED) changes.push({ kind, outcome, name });
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
