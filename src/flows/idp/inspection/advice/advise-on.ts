import { CONTENT_RULES } from './about-content.ts';
import { adviceOf } from './about-request.ts';
import { DELIVERY_RULES } from './about-delivery.ts';
import { TRUST_RULES } from './about-trust.ts';
import { SEVERITIES, type Advice, type Advised } from './advice.ts';

const RULES = [...CONTENT_RULES, ...TRUST_RULES, ...DELIVERY_RULES];

/** The properties of a response that commonly fail at service providers, the most important first. Pure. */
export function adviseOn(advised: Advised): Advice[] {
  const fromRules = RULES.map((rule) => rule(advised)).filter((advice) => advice !== undefined);
  const given = [...fromRules, ...(advised.request?.findings ?? []).map(adviceOf)];
  return given.sort((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity));
}
