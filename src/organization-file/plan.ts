import type { Work } from '../audit/commands.ts';

type Kind =
  | 'organizations'
  | 'instances'
  | 'groups'
  | 'users'
  | 'memberships'
  | 'applications'
  | 'certificates'
  | 'assignments';
type Outcome = 'created' | 'updated' | 'unchanged';

/** How many things of each kind were made, changed, and left as they were. */
export type Counts = Readonly<Record<Kind, Readonly<Record<Outcome, number>>>>;

type Step = (work: Work) => Promise<unknown>;

/** What has to be done, in order, found before anything is written. A plan without steps changes nothing. */
export interface Plan {
  readonly counts: Counts;
  readonly steps: readonly Step[];
  /** Counts a change that these steps make. */
  add(kind: Kind, outcome: Exclude<Outcome, 'unchanged'>, ...steps: Step[]): void;
  /** Adds a step of a change that is counted elsewhere. */
  step(step: Step): void;
  /** Counts something that is as it must be. */
  leave(kind: Kind): void;
}

/** An empty plan. */
export function createPlan(): Plan {
  const none = () => ({ created: 0, updated: 0, unchanged: 0 });
  const counts = {
    ...{ organizations: none(), instances: none(), groups: none(), users: none(), memberships: none() },
    ...{ applications: none(), certificates: none(), assignments: none() },
  } satisfies Counts;
  const steps: Step[] = [];
  return {
    counts,
    steps,
    add(kind, outcome, ...added) {
      counts[kind][outcome] += 1;
      steps.push(...added);
    },
    step: (step) => void steps.push(step),
    leave: (kind) => void (counts[kind].unchanged += 1),
  };
}
