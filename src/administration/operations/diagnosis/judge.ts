import { counted } from '../../../../views/words.ts';
import type { DiagnosisFacts } from './facts.ts';
import { finding, type DiagnosisFinding } from './finding.ts';
import {
  judgeAccess,
  judgeApplication,
  judgeCertificate,
  judgeClock,
  judgeLastSignOn,
  judgeMapping,
} from './judge-application.ts';
import { judgeUser } from './judge-user.ts';

/** What stops somebody from signing in to an application. */
export interface Diagnosis {
  /** Whether nothing stops it. */
  readonly canSignIn: boolean;
  /** In a sentence: nothing stops it, or the first cause. */
  readonly conclusion: string;
  /** The facts one by one; the first that stops is the cause that the conclusion names. */
  readonly findings: readonly DiagnosisFinding[];
}

/**
 * Judges the facts. What a rule of the sign-in or of a response decides is asked of that rule, so that a diagnosis can't
 * say something else than a real sign-on in a browser without a session. Pure.
 */
export function diagnose(facts: DiagnosisFacts): Diagnosis {
  const findings = [...judgePerson(facts), ...judgeApplication(facts), ...judgeRest(facts)];
  const causes = findings.filter(({ verdict }) => verdict === 'stops');
  return { canSignIn: causes.length === 0, conclusion: conclude(facts, findings, causes), findings };
}

function judgePerson(facts: DiagnosisFacts): DiagnosisFinding[] {
  const { found } = facts;
  if (!found) {
    return [
      finding('user-missing', 'User', 'no user has this name', {
        ...{ change: 'Look for the right spelling, or add the user.', where: 'users' },
      }),
    ];
  }
  return [...judgeUser(facts, found.about), judgeAccess(found.access)];
}

function judgeRest(facts: DiagnosisFacts): DiagnosisFinding[] {
  const access = facts.found?.access;
  return [
    ...(access ? [judgeMapping(access)] : []),
    judgeCertificate(facts),
    ...(access ? [judgeLastSignOn(access)] : []),
    judgeClock(facts),
  ];
}

function conclude(
  { userName, of }: DiagnosisFacts,
  findings: readonly DiagnosisFinding[],
  [cause, ...others]: readonly DiagnosisFinding[],
): string {
  const where = of.application.displayName;
  if (cause) {
    const more = others.length === 0 ? '' : `, and ${counted(others.length, 'other thing')} too`;
    return `${userName} can’t sign in to ${where}: ${cause.found}${more}.`;
  }
  const doubts = findings.filter(({ verdict }) => verdict === 'warns').length;
  const but = doubts === 0 ? '' : `, but ${counted(doubts, 'thing')} may surprise`;
  return `Nothing stops ${userName} from signing in to ${where}${but}.`;
}
