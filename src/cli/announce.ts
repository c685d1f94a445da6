import type { OrganizationFile } from '../administration/organization-file/read/schema.ts';
import type { Instance } from '../domain/organizations/organization.ts';

interface Announcement {
  publicUrl: URL;
  instance: Instance | undefined;
  /** The organization file applied at this start. */
  file: OrganizationFile | undefined;
  /** The token, if it was generated at this start. */
  apiToken: string | undefined;
  /** The mail server; absent: mail is only kept in the mailbox. */
  smtpUrl: URL | undefined;
}

/**
 * Prints the addresses, the users who can sign in, and the API token. It goes to standard output, apart from
 * the log.
 */
export function announce({ publicUrl, instance, file, apiToken, smtpUrl }: Announcement): void {
  const lines = ['', `Vestibule is ready: ${publicUrl.origin}`];
  if (instance) {
    lines.push('', `  Portal     ${publicUrl.origin}/${instance.alias ?? instance.directoryId}/start`);
  }
  lines.push(`  API        ${publicUrl.origin}/api/v1`);
  lines.push(`  API token  ${apiToken ?? '(VESTIBULE_API_TOKEN, or the one printed at the first start)'}`);
  const mailbox = 'organizations/default/mailbox of the API';
  lines.push(
    smtpUrl
      ? // Only host and port, since the URL can contain a password.
        `  Mail       goes to ${smtpUrl.host}, and is kept in ${mailbox}`
      : `  Mail       is kept in ${mailbox} (--smtp-url sends it)`,
  );
  const people =
    file?.users.filter(({ enabled, password }) => enabled !== false && password !== undefined) ?? [];
  if (people.length > 0) {
    const width = Math.max(...people.map(({ userName }) => userName.length));
    lines.push('', '  Sign in as');
    for (const { userName, password } of people.slice(0, 10)) {
      lines.push(`    ${userName.padEnd(width)}  ${password ?? ''}`);
    }
    if (people.length > 10) lines.push(`    … and ${people.length - 10} more, see the organization file`);
  }
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

/** Prints a message to standard error. */
export function warn(message: string): void {
  process.stderr.write(`${message}\n`);
}
