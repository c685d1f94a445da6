import { z } from 'zod';
import { findWebUrlFault, type WebUrlFault, type WebUrlRules } from '../../protocols/saml/urls.ts';

const WHY: Readonly<Record<WebUrlFault, string>> = {
  'not-a-url': 'is not a complete web address, such as https://app.example.com/path',
  'not-http': 'must begin with http:// or https://',
  credentials: 'must not contain a user name or password',
  backslash: 'must not contain a backslash in its host',
  fragment: 'must not contain a fragment (#…): browsers don’t send it',
  characters: 'contains a space or a control character',
};

/**
 * An address to which browsers may be sent. Its spelling is kept, because service providers compare addresses
 * letter for letter.
 */
export function webUrl(what: string, rules: WebUrlRules = {}) {
  return z
    .string({ error: `${what} must be text.` })
    .trim()
    .max(2048, { error: `${what} must have at most 2048 characters.`, abort: true })
    .superRefine((value, context) => {
      const fault = findWebUrlFault(value, rules);
      if (fault) context.addIssue({ code: 'custom', message: `${what} ${WHY[fault]}.` });
    });
}
