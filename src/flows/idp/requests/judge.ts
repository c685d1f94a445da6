import type { RequestRules } from '../../../domain/organizations/request-rules.ts';
import { unreachable } from '../../../foundation/platform/errors.ts';
import type { Check, CheckInput } from './checks/check.ts';
import { RELAXATIONS, type Finding, type RelaxationId } from './findings.ts';
import type { Refusal } from './refusal.ts';

/** What checks said: the first refusal, if any, and what was let pass before it. */
export interface Judgement {
  readonly refusal: Refusal | undefined;
  readonly findings: readonly Finding[];
}

/** Whether the rules of an application let this relaxation apply. */
export function permits(rules: RequestRules, code: RelaxationId): boolean {
  const { under } = RELAXATIONS[code];
  switch (under) {
    case 'profile':
      return rules.profile === 'lenient';
    case 'weakAlgorithms':
      return rules.weakAlgorithms === 'accept';
    default:
      return unreachable(under);
  }
}

/** Runs checks in order. A refusal that names a relaxation becomes a finding where the rules permit it. Pure. */
export function judge(checks: readonly Check[], input: CheckInput): Judgement {
  const findings: Finding[] = [];
  for (const check of checks) {
    const refusal = check(input);
    if (!refusal) continue;
    const { relaxedAs } = refusal;
    if (!relaxedAs || !permits(input.rules, relaxedAs.code)) return { refusal, findings };
    findings.push(relaxedAs);
  }
  return { refusal: undefined, findings };
}
