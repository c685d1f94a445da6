import type { Work } from '../../../domain/audit/commands.ts';

type Kind =
  | 'organizations'
  | 'instances'
  | 'groups'
  | 'users'
  | 'memberships'
  | 'mfaDevices'
  | 'trustedDevices'
  | 'applications'
  | 'certificates'
  | 'assignments';
type Outcome = 'created' | 'updated' | 'unchanged' | 'removed';

/** How many things of each kind were made, changed, left as they were, and removed. */
export type Counts = Readonly<Record<Kind, Readonly<Record<Outcome, number>>>>;

/** Something that the file doesn't declare and that goes for that reason. */
export interface Removal {
  readonly kind: Kind;
  /** For people: a name, or two with what is between them. */
  readonly name: string;
}

type Step = (work: Work) => Promise<unknown>;

/** What has to be done, in order, found before anything is written. A plan without steps changes nothing. */
export interface Plan {
  readonly counts: Counts;
  readonly steps: readonly Step[];
  readonly removals: readonly Removal[];
  /** Counts a change that these steps make. */
  add(kind: Kind, outcome: 'created' | 'updated', ...steps: Step[]): void;
  /** Counts and names what this step removes. */
  remove(kind: Kind, name: string, step: Step): void;
  /** Adds a step of a change that is counted elsewhere. */
  step(step: Step): void;
  /** Counts something that is as it must be. */
  leave(kind: Kind): void;
}

/** An empty plan. */
export function createPlan(): Plan {
  const none = () => ({ created: 0, updated: 0, unchanged: 0, removed: 0 });
  const counts = {
    ...{ organizations: none(), instances: none(), groups: none(), users: none(), memberships: none() },
    ...{ mfaDevices: none(), trustedDevices: none() },
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
