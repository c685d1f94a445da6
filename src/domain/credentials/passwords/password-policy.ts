export type PasswordVerdict = { ok: true } | { ok: false; faults: string[] };

const RULES: readonly { fault: string; isMet: (password: string) => boolean }[] = [
  {
    fault: 'Passwords must have 8 to 64 characters.',
    // Counted in code points, as a user counts characters.
    isMet: (password) => /^.{8,64}$/su.test(password),
  },
  { fault: 'Passwords must have a lowercase letter (a-z).', isMet: (password) => /[a-z]/.test(password) },
  { fault: 'Passwords must have an uppercase letter (A-Z).', isMet: (password) => /[A-Z]/.test(password) },
  { fault: 'Passwords must have a number (0-9).', isMet: (password) => /[0-9]/.test(password) },
  {
    fault: 'Passwords must have a non-alphanumeric character (~!@#$%^&*_-+=`|\\(){}[]:;"\'<>,.?/).',
    isMet: (password) => /[~!@#$%^&*_\-+=`|\\(){}[\]:;"'<>,.?/]/.test(password),
  },
];

/** Every rule, as shown to users. */
export const PASSWORD_RULES: readonly string[] = RULES.map(({ fault }) => fault);

/**
 * Whether a password may be set (guide, "Password requirements when managing identities in AWS SSO"), with
 * the rules that it breaks. Not checked at sign-ins, so that a password stays valid when the rules change.
 */
export function checkPassword(password: string): PasswordVerdict {
  const faults = RULES.filter((rule) => !rule.isMet(password)).map((rule) => rule.fault);
  return faults.length === 0 ? { ok: true } : { ok: false, faults };
}
