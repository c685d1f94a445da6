/**
 * The digits of a code as a keyboard gives them: an input method for Japanese or Chinese types full-width digits and
 * spaces (U+FF10, U+3000), which NFKC makes ordinary ones, and apps and mails show codes in groups.
 */
export const readTypedCode = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '');
