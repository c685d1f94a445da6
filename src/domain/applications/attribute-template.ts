import type { GroupName } from '../directory/membership-store.ts';
import type { User } from '../directory/user.ts';
import type { GroupValues } from './application.ts';
import { AppError } from '../../foundation/platform/errors.ts';
import { findForbiddenCharacter, replaceForbiddenCharacters } from '../../protocols/saml/xml/characters.ts';
import { memoizeByText } from './memoize.ts';

/** The attributes that can be mapped (guide, "Supported AWS SSO attributes"). */
export const USER_VARIABLES = [
  'AD_GUID',
  'email',
  'familyName',
  'givenName',
  'groups',
  'middleName',
  'name',
  'preferredUsername',
  'subject',
] as const;
export type UserVariable = (typeof USER_VARIABLES)[number];

/** A piece of a template: fixed text, or a variable whose value depends on the user. */
export type TemplatePart = { readonly text: string } | { readonly variable: UserVariable };

/** A valid template: any mix of text and variables. */
export interface Template {
  readonly parts: readonly TemplatePart[];
}

export type CompiledTemplate =
  { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly message: string };

/** The user for whom a template is evaluated. `groups` is only read when the template needs it. */
export interface TemplateSubject {
  readonly user: Pick<User, 'userName' | 'email' | 'givenName' | 'familyName' | 'displayName' | 'attributes'>;
  readonly groups: readonly GroupName[];
  /** Whether a group appears as its id or its name. */
  readonly groupValues: GroupValues;
}

/** What the values of one assertion may still take, in characters. Evaluating templates spends it. */
export interface ValuesBudget {
  left: number;
}

/**
 * For all values of an assertion, each counted with its XML element: enough for a user in ten thousand groups, and far
 * more than service providers accept. Without a limit, a mapping that repeats `${user:groups}` would fill the server's
 * memory at the sign-on of a user in many groups.
 */
export const valuesBudget = (): ValuesBudget => ({ left: 2 * 1024 * 1024 });

/** The length of `<saml:AttributeValue>` and its end tag, roughly. */
const ELEMENT_LENGTH = 50;

const KNOWN = USER_VARIABLES.map((name) => `\${user:${name}}`).join(', ');

/**
 * Parses a template such as `${user:givenName} ${user:familyName}` (guide, "Map attributes in your
 * application"). The result is a message for users when the text is empty, names an unknown variable, or
 * leaves a `${` open. Results are cached by text.
 */
export const compileTemplate: (text: string) => CompiledTemplate = memoizeByText(2000, compile);

function compile(text: string): CompiledTemplate {
  if (text.trim() === '') return refuse('A mapping needs a value: text, a user attribute, or a mix of them.');
  const forbidden = findForbiddenCharacter(text);
  if (forbidden) {
    const position = String(forbidden.index + 1);
    return refuse(
      `The value has a character that can't be used (${forbidden.codePoint} at position ${position}). Remove it.`,
    );
  }
  const parts: TemplatePart[] = [];
  let offset = 0;
  while (offset < text.length) {
    const opening = text.indexOf('${', offset);
    const end = opening < 0 ? text.length : opening;
    if (end > offset) parts.push({ text: text.slice(offset, end) });
    if (opening < 0) break;
    const closing = text.indexOf('}', opening);
    if (closing < 0) return refuse(`“${text.slice(opening)}” is never closed: add the missing }.`);
    const variable = findVariable(text.slice(opening + 2, closing));
    if (!variable)
      return refuse(`“${text.slice(opening, closing + 1)}” is not known. The known attributes are ${KNOWN}.`);
    parts.push({ variable });
    offset = closing + 1;
  }
  return { ok: true, template: { parts } };
}

const refuse = (message: string): CompiledTemplate => ({ ok: false, message });

function findVariable(expression: string): UserVariable | undefined {
  return USER_VARIABLES.find((name) => expression === `user:${name}`);
}

/** Whether evaluating the template needs the user's groups. */
export function needsGroups(template: Template): boolean {
  return template.parts.some((part) => 'variable' in part && part.variable === 'groups');
}

/**
 * The values of a template for one user. An empty list means that the attribute is left out, which happens
 * when the template has variables and all are empty.
 * With `${user:groups}` there is one value for each group, also when text or other variables stand beside it,
 * and none for a user without groups. Characters that XML forbids become spaces, since some sources of users
 * allow them. Throws ConflictException when the values are longer than the budget.
 */
export function evaluateTemplate(
  template: Template,
  subject: TemplateSubject,
  budget = valuesBudget(),
): string[] {
  const { user, groups, groupValues } = subject;
  if (!needsGroups(template)) return spend(budget, valueFor(template, user, ''));
  return groups.flatMap((group) =>
    spend(budget, valueFor(template, user, groupValues === 'names' ? group.displayName : group.id)),
  );
}

function spend(budget: ValuesBudget, values: string[]): string[] {
  for (const { length } of values) budget.left -= length + ELEMENT_LENGTH;
  if (budget.left >= 0) return values;
  throw new AppError(
    'ConflictException',
    'The attribute mappings make too many or too long values for this user: an assertion can have 2 MiB of them.',
  );
}

function valueFor({ parts }: Template, user: TemplateSubject['user'], group: string): string[] {
  let value = '';
  let hasVariable = false;
  let hasValue = false;
  for (const part of parts) {
    if ('text' in part) {
      value += part.text;
      continue;
    }
    const piece = part.variable === 'groups' ? group : valueOf(part.variable, user);
    hasVariable = true;
    hasValue ||= piece !== '';
    value += piece;
  }
  return hasVariable && !hasValue ? [] : [replaceForbiddenCharacters(value)];
}

/**
 * Users of the identity store have no GUID, and their user name is both the subject and the preferred user
 * name.
 */
function valueOf(variable: Exclude<UserVariable, 'groups'>, user: TemplateSubject['user']): string {
  switch (variable) {
    case 'AD_GUID':
      return '';
    case 'email':
      return user.email;
    case 'familyName':
      return user.familyName;
    case 'givenName':
      return user.givenName;
    case 'middleName':
      return user.attributes.middleName ?? '';
    case 'name':
      return user.displayName;
    case 'preferredUsername':
    case 'subject':
      return user.userName;
  }
}
