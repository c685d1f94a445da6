/**
 * How strictly requests of service providers are judged. lenient: oddities that do no harm are answered, and noted;
 * as-aws: what AWS IAM Identity Center refuses is refused, and what breaks the standard too.
 */
export const REQUEST_PROFILES = ['lenient', 'as-aws'] as const;
export type RequestProfile = (typeof REQUEST_PROFILES)[number];

/** Whether signatures of requests may use SHA-1. */
export const WEAK_ALGORITHMS = ['accept', 'refuse'] as const;
export type WeakAlgorithms = (typeof WEAK_ALGORITHMS)[number];

/** The rules for the requests of one application. */
export interface RequestRules {
  readonly profile: RequestProfile;
  readonly weakAlgorithms: WeakAlgorithms;
}

/** An application's own rules; null: those of the instance. */
export type OwnRequestRules = { readonly [Key in keyof RequestRules]: RequestRules[Key] | null };

/** The rules of an application: its own where it has any, otherwise those of its instance. */
export function requestRulesOf(ofInstance: RequestRules, own: OwnRequestRules): RequestRules {
  return {
    profile: own.profile ?? ofInstance.profile,
    weakAlgorithms: own.weakAlgorithms ?? ofInstance.weakAlgorithms,
  };
}
