import { readConfig, type Config } from '../../config.ts';
import { VestibuleError } from './error.ts';
import type { VestibuleOptions } from './types/vestibule.ts';

/** Each option, with its name in the messages of the settings. */
const NAMES: Readonly<Record<keyof VestibuleOptions, string>> = {
  port: '--port',
  publicUrl: '--public-url',
  organization: '--org',
  clock: '',
  data: '--data',
  databaseUrl: '--database-url',
  secret: 'VESTIBULE_SECRET',
  certs: '--certs',
  apiToken: 'VESTIBULE_API_TOKEN',
  smtpUrl: '--smtp-url',
  mailFrom: '--mail-from',
  log: '',
  logLevel: '--log-level',
};

/** The settings of a server, from options alone. Throws a VestibuleError with all faults. */
export function readOptions(options: VestibuleOptions): Config {
  const given: unknown = options; // Programs without TypeScript can pass anything.
  if (typeof given !== 'object' || given === null) {
    throw new VestibuleError('StartFailed', 'Expected the options as an object, such as { port: 8080 }.');
  }
  const { port = 0, publicUrl, data, databaseUrl, secret, apiToken, logLevel, smtpUrl, mailFrom } = options;
  const memory = data === undefined && databaseUrl === undefined;
  const read = readConfig(
    { port, publicUrl, data, databaseUrl, logLevel, memory, smtpUrl, mailFrom },
    // In place of the environment, whose variables may be meant for another program.
    { VESTIBULE_SECRET: secret, VESTIBULE_API_TOKEN: apiToken },
  );
  const faults = read.ok ? [] : read.faults.map(toOptionName);
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(NAMES, name)) faults.push(`${name}: There is no such option.`);
  }
  if (data !== undefined && databaseUrl !== undefined)
    faults.push('databaseUrl: Give either data or databaseUrl.');
  if (databaseUrl !== undefined && secret === undefined) {
    faults.push('secret: Give one with databaseUrl: all servers on a database need the same one.');
  }
  faults.push(...ownFaults(options));
  if (read.ok && faults.length === 0) return read.config;
  const [only = ''] = faults;
  const said =
    faults.length === 1
      ? `An option is wrong: ${only}`
      : `The options are wrong:\n${faults.map((each) => `  ${each}`).join('\n')}`;
  throw new VestibuleError('StartFailed', said);
}

/** What is wrong with the options that are no settings of the server. */
function ownFaults({ clock, certs, log }: VestibuleOptions): string[] {
  // Programs without TypeScript can pass anything.
  const [now, folder, write]: unknown[] = [clock?.now, certs, log];
  return [
    ...(clock !== undefined && typeof now !== 'function'
      ? ['clock: Expected an object with the function now.']
      : []),
    ...(folder !== undefined && folder !== false && (typeof folder !== 'string' || folder === '')
      ? ['certs: Expected a folder, or false.']
      : []),
    ...(write !== undefined && typeof write !== 'function' ? ['log: Expected a function.'] : []),
  ];
}

function toOptionName(fault: string): string {
  const found = Object.entries(NAMES).find(
    ([, setting]) => setting !== '' && fault.startsWith(`${setting}: `),
  );
  return found ? `${found[0]}${fault.slice(found[1].length)}` : fault;
}
