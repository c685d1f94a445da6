import { z } from 'zod';
import { attributeField, type ByField } from '../../../../views/console/users/user-fields.ts';
import { ATTRIBUTE_NAMES, type AttributeName } from '../../../domain/directory/attributes.ts';
import {
  userChangeSchema,
  userInputSchema,
  type User,
  type UserChange,
  type UserInput,
} from '../../../domain/directory/user.ts';
import { nameKey } from '../../../domain/directory/name-key.ts';
import { faultsOfInput, readInput, type FormFaults } from '../frame/faults.ts';

/* The forms about a user. Their fields are read as any text, and then checked by the directory's schemas, so that what
   is wrong stands at its field. */

const EDITED = ['email', 'givenName', 'familyName', 'displayName'] as const;
const typed = z.string().default('');
const shapeOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, typed]));
const attributes = shapeOf(ATTRIBUTE_NAMES.map(attributeField));

/** The fields of a new user, as they were typed. */
export const newUserShape = {
  ...shapeOf(['userName', 'password', 'confirmEmail', ...EDITED]),
  ...attributes,
};

/** The fields of a user that can be changed, as they were typed. */
export const editedUserShape = { ...shapeOf(EDITED), ...attributes };

export type Checked<Input> =
  { readonly ok: true; readonly input: Input } | { readonly ok: false; readonly faults: FormFaults };

export interface NewUserAnswers {
  readonly user: UserInput;
  readonly password: 'email' | 'generate';
}

/** Checks the fields of a new user. */
export function checkNewUser(given: ByField): Checked<NewUserAnswers> {
  const { userName = '', password, confirmEmail = '', email = '' } = given;
  const parsed = readInput(userInputSchema, { userName, ...fieldsOf(given) });
  const faults: Record<string, string> = parsed.success ? {} : { ...faultsOfInput(parsed.error).errors };
  if (nameKey(email.trim()) !== nameKey(confirmEmail.trim())) {
    faults['confirmEmail'] = 'This isn’t the same email address.';
  }
  if (password !== 'email' && password !== 'generate') {
    faults['password'] = 'Choose how the user gets a password.';
  } else if (parsed.success && Object.keys(faults).length === 0) {
    return { ok: true, input: { user: parsed.data, password } };
  }
  return { ok: false, faults: { status: 400, errors: faults, error: undefined, presentVersion: undefined } };
}

/** Checks the fields of a changed user. */
export function checkEditedUser(given: ByField): Checked<UserChange> {
  const parsed = readInput(userChangeSchema, fieldsOf(given));
  return parsed.success
    ? { ok: true, input: parsed.data }
    : { ok: false, faults: faultsOfInput(parsed.error) };
}

/** The fields that show a user as it is stored. */
export function fieldsShowing({ attributes: present, ...user }: User): ByField {
  const entries = EDITED.map((name): [string, string] => [name, user[name]]);
  const more = Object.entries(present).map(([name, value]): [string, string] => [
    attributeField(name),
    value,
  ]);
  return Object.fromEntries([...entries, ...more]);
}

/** The input of the directory's schemas. An attribute that is left empty isn't kept. */
function fieldsOf(given: ByField) {
  const kept = ATTRIBUTE_NAMES.flatMap((name): [AttributeName, string][] => {
    const value = given[attributeField(name)] ?? '';
    return value.trim() === '' ? [] : [[name, value]];
  });
  const names = Object.fromEntries(EDITED.map((name) => [name, given[name] ?? '']));
  return { ...names, attributes: Object.fromEntries(kept) };
}
