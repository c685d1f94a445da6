import { isAbsolute, relative } from 'node:path';
import { packageFile } from '../foundation/platform/package-files.ts';
import type { SignInNames } from './sign-in-names.ts';
import { terminalText } from './terminal-text.ts';

/** Where a server listens without any flags. */
const DEFAULT_ORIGIN = 'http://localhost:8080';

export interface Announcement {
  readonly publicUrl: URL;
  /** How the user calls `vestibule`. */
  readonly command: string;
  /** The portal of the default organization, if there is one. */
  readonly portalUrl: string | undefined;
  readonly signIn: SignInNames;
  /** The metadata of the default organization's first application, if there is one. */
  readonly metadata: { readonly displayName: string; readonly url: string } | undefined;
  /** The token, if it was generated at this start; `given`: it is VESTIBULE_API_TOKEN. */
  readonly apiToken: { readonly made?: string | undefined; readonly given: boolean };
  /** The link into the console, if this is the first start. */
  readonly consoleLink: string | undefined;
  /** The mail server; absent: mail is only kept in the mailbox. */
  readonly smtpUrl: URL | undefined;
}

/**
 * The text that a start prints: the addresses, who can sign in, the API token, and what to do next. It goes to standard
 * output, apart from the log.
 */
export function announcement(said: Announcement): string {
  const { publicUrl, command, portalUrl, metadata, smtpUrl } = said;
  const lines = ['', `Vestibule is ready: ${publicUrl.origin}`, ''];
  if (portalUrl !== undefined) lines.push(`  Portal     ${portalUrl}`);
  if (metadata)
    lines.push(`  Metadata   ${metadata.url} (of ${metadata.displayName}; each application has its own)`);
  lines.push(`  Console    ${describeConsole(said)}`);
  lines.push(`  API        ${publicUrl.origin}/api`);
  lines.push(`  API token  ${describeToken(said)}`);
  const mailbox = 'organizations/default/mailbox of the API';
  lines.push(
    smtpUrl
      ? // Only host and port, since the URL can contain a password.
        `  Mail       goes to ${smtpUrl.host}, and is kept in ${mailbox}`
      : `  Mail       is kept in ${mailbox} (--smtp-url sends it)`,
  );
  lines.push(`  Docs       ${nearby(packageFile('README.md'))}`);
  lines.push(...describeSignIn(said.signIn));
  lines.push(
    ...['', '  Connect a service provider'],
    `    ${command} add-application${urlFlag(publicUrl)} --metadata <file or URL> --assign <user name>`,
    ...['', 'Ctrl+C ends it.'],
  );
  return terminalText(`${lines.join('\n')}\n\n`);
}

function describeToken({ apiToken, command }: Announcement): string {
  if (apiToken.given) return 'the value of VESTIBULE_API_TOKEN';
  return apiToken.made ?? `printed at the first start; “${command} token” replaces it and prints the new one`;
}

function describeConsole({ consoleLink, publicUrl, command }: Announcement): string {
  if (consoleLink !== undefined) return `${consoleLink} (once, within 15 minutes)`;
  return `${publicUrl.origin}/organizations (“${command} console-link” opens it)`;
}

function describeSignIn({ names, more }: SignInNames): string[] {
  const [first] = names;
  if (!first) return [];
  const width = Math.max(...names.map(({ userName }) => userName.length));
  const title = first.password === undefined ? 'Sign in with the passwords that were set' : 'Sign in as';
  return [
    ...['', `  ${title}`],
    ...names.map(({ userName, password }) => `    ${userName.padEnd(width)}  ${password ?? ''}`.trimEnd()),
    ...(more ? ['    … and others'] : []),
  ];
}

/** The flag that names this server, unless the command finds it by itself. */
const urlFlag = ({ origin }: URL) => (origin === DEFAULT_ORIGIN ? '' : ` --url ${origin}`);

/** A path as the user would type it: relative if it is below the current folder. */
function nearby(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}

/** Prints a message to standard error. */
export function warn(message: string): void {
  process.stderr.write(`${terminalText(message)}\n`);
}
