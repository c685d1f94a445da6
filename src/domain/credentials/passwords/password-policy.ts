export type PasswordVerdict = { ok: true } | { ok: false; faults: string[] };

export interface PasswordRule {
  /** What a password must have, as the page with the password's field lists it. */
  readonly text: string;
  /** What is wrong with a password that breaks the rule. */
  readonly fault: string;
  /** A password that it matches keeps the rule. The page's script tests the same pattern. */
  readonly pattern: RegExp;
}

const rule = (text: string, pattern: RegExp): PasswordRule => ({
  ...{ text, pattern },
  fault: `Passwords must have ${text}.`,
});

/** Every rule (guide, "Password requirements when managing identities in AWS SSO"), except that on reuse. */
export const PASSWORD_RULES: readonly PasswordRule[] = [
  // Counted in code points, as a user counts characters.
  rule('8 to 64 characters', /^.{8,64}$/su),
  rule('a lowercase letter (a-z)', /[a-z]/u),
  rule('an uppercase letter (A-Z)', /[A-Z]/u),
  rule('a number (0-9)', /[0-9]/u),
  rule(
    'a non-alphanumeric character (~!@#$%^&*_-+=`|\\(){}[]:;"\'<>,.?/)',
    /[~!@#$%^&*_\-+=`|\\(){}[\]:;"'<>,.?/]/u,
  ),
];

/**
 * Whether a password may be set (guide, "Password requirements when managing identities in AWS SSO"), with
 * the rules that it breaks. Not checked at sign-ins, so that a password stays valid when the rules change.
 */
export function checkPassword(password: string): PasswordVerdict {
  const faults = PASSWORD_RULES.filter(({ pattern }) => !pattern.test(password)).map(({ fault }) => fault);
  return faults.length === 0 ? { ok: true } : { ok: false, faults };
}
