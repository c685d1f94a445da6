import type { DeclaredUser, OrganizationFile } from '../organization-file/read/schema.ts';
import type { PasswordHashes, Student } from './classroom.ts';

/**
 * The organization file of a student: the template under their name and with their own user, who administers it. Nothing in
 * it opens the organization of another student, who has the same template and may know it:
 * - the template's administrators are users like others, and all users have the password of this organization alone;
 * - its MFA devices, trusted browsers and certificates are left out: their secrets would be the same in every
 *   organization. Certificates are made;
 * - its ids are left out: ids are used once on a server;
 * - nobody is shown mail without signing in (`demoMail`): anybody could ask for a link to a classmate's password, and
 *   read it.
 * Until the first sheet nobody has a password.
 */
export function tailor(
  file: OrganizationFile,
  { name, email, userName, organizationId, directoryId, alias }: Student,
  hashes: PasswordHashes | undefined,
): OrganizationFile {
  const { id: _instance, alias: _alias, ...instance } = file.instance;
  const [givenName = name, ...family] = name.split(' ');
  const student: DeclaredUser = {
    ...{ userName, email, givenName, familyName: family.join(' ') || givenName, displayName: name },
    ...{ console: 'full', ...(hashes && { passwordHash: hashes.own }) },
  };
  return {
    ...file,
    organization: { ...file.organization, name, id: organizationId },
    settings: { ...file.settings, signIn: { ...file.settings.signIn, demoMail: false } },
    instance: { ...instance, directoryId, ...(alias !== null && { alias }) },
    groups: file.groups.map(({ id: _id, console: _console, ...group }) => group),
    users: [...file.users.map((user) => withoutSecrets(user, hashes)), student],
    applications: file.applications.map(
      ({ id: _id, nameIdSalt: _salt, certificates: _certificates, assignments, ...application }) => ({
        ...application,
        assignments: { ...withoutPrincipals(assignments), users: [...(assignments?.users ?? []), userName] },
      }),
    ),
  };
}

function withoutSecrets(user: DeclaredUser, hashes: PasswordHashes | undefined): DeclaredUser {
  const { password, passwordHash, id: _id, console: _console, totp: _totp, ...rest } = user;
  const { mfaDevices: _mfa, trustedDevices: _trusted, declaredPasswordMac: _mac, ...others } = rest;
  const { passwordHistory: _history, ...plain } = others;
  const hasPassword = password !== undefined || passwordHash !== undefined;
  return { ...plain, ...(hasPassword && hashes && { passwordHash: hashes.users }) };
}

/** Principals are named by the ids of another directory. */
function withoutPrincipals(assignments: OrganizationFile['applications'][number]['assignments']) {
  const { principals: _principals, ...named } = assignments ?? {};
  return named;
}

/** The names of the template's users who get the password of the other users of an organization. */
export const usersWithPasswords = ({ users }: OrganizationFile): string[] =>
  users
    .filter(({ password, passwordHash }) => password !== undefined || passwordHash !== undefined)
    .map(({ userName }) => userName);
