import { z } from 'zod';
import { parseSender } from './domain/mail/email-address.ts';
import { parseSmtpUrl } from './domain/mail/smtp-url.ts';
import { BEARER_TOKEN } from './foundation/http/bearer-token.ts';

const port = z.coerce
  .number({ error: 'Expected a port number.' })
  .int('Expected a port number.')
  .min(0, 'Expected a port from 0 (any free one) to 65535.')
  .max(65535, 'Expected a port from 0 (any free one) to 65535.');

const flag = z.union([
  z.boolean(),
  z
    .enum(['1', 'true', 'yes', '0', 'false', 'no', ''], { error: 'Expected true or false.' })
    .transform((text) => ['1', 'true', 'yes'].includes(text)),
]);

const publicUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === ''
  ) {
    return url;
  }
  // Without the input, which can contain a password.
  context.issues.push({
    code: 'custom',
    input: undefined,
    message:
      'Expected an http or https address without a path, user or password, such as https://sso.example.com.',
  });
  return z.NEVER;
});

const smtpUrl = z.string().transform((text, context) => {
  const url = parseSmtpUrl(text);
  if (url) return url;
  // Without the input, which can contain a password.
  context.issues.push({
    code: 'custom',
    input: undefined,
    message:
      'Expected smtp://host:port or smtps://host, with user:password@ before the host if it needs one.',
  });
  return z.NEVER;
});

const mailFrom = z
  .string()
  .max(320, { error: 'Expected at most 320 characters.', abort: true })
  .transform((text, context) => {
    const sender = parseSender(text);
    if (sender) return sender;
    context.issues.push({
      code: 'custom',
      input: text,
      message: 'Expected an email address, or a name with one: Vestibule <no-reply@example.com>.',
    });
    return z.NEVER;
  });

/**
 * Every setting of the server: its flag, environment variable, default and help. Flags override the
 * environment. The settings of an instance are in domain/organizations.
 */
const settings = {
  port: {
    flag: '--port <port>',
    env: 'VESTIBULE_PORT',
    help: 'port to listen on (0: any free one)',
    schema: port.default(8080),
  },
  host: {
    flag: '--host <host>',
    env: 'VESTIBULE_HOST',
    help: 'address to listen on; without it both loopback addresses',
    schema: z.string().min(1, 'Expected an address.').optional(),
  },
  publicUrl: {
    flag: '--public-url <url>',
    env: 'VESTIBULE_PUBLIC_URL',
    help: 'the address that browsers use (default: http://localhost:<port>)',
    schema: publicUrl.optional(),
  },
  trustProxy: {
    flag: '--trust-proxy',
    env: 'VESTIBULE_TRUST_PROXY',
    help: 'believe X-Forwarded-* headers (only behind a proxy that sets them)',
    schema: flag.default(false),
  },
  hsts: {
    flag: '--hsts <scope>',
    env: 'VESTIBULE_HSTS',
    help: 'by a public https address, make browsers refuse http for a year: host, or subdomains for all names below it too (default: off)',
    schema: z
      .enum(['off', 'host', 'subdomains'], { error: 'Expected off, host or subdomains.' })
      .default('off'),
  },
  data: {
    flag: '--data <folder>',
    env: 'VESTIBULE_DATA',
    help: 'folder of the database and the secret',
    schema: z.string().min(1, 'Expected a folder.').default('data'),
  },
  memory: {
    flag: '--memory',
    env: 'VESTIBULE_MEMORY',
    help: 'keep everything in memory',
    schema: flag.default(false),
  },
  databaseUrl: {
    flag: '--database-url <url>',
    env: 'DATABASE_URL',
    help: 'PostgreSQL instead of a file: postgres://user:password@host/database',
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'Expected postgres://user:password@host:port/database.')
      .optional(),
  },
  durability: {
    flag: '--durability <level>',
    env: 'VESTIBULE_DURABILITY',
    help: 'process: nothing is lost if the process is killed; full: nor in a power cut',
    schema: z.enum(['process', 'full'], { error: 'Expected process or full.' }).default('process'),
  },
  org: {
    flag: '--org <file>',
    env: 'VESTIBULE_ORG',
    help: 'organization file to apply at start',
    schema: z.string().min(1, 'Expected a file.').optional(),
  },
  certs: {
    flag: '--certs <folder>',
    env: 'VESTIBULE_CERTS',
    help: 'folder that keeps the keys of in-memory servers, so that a restart has the same certificates',
    schema: z.string().min(1, 'Expected a folder.').default('certs'),
  },
  smtpUrl: {
    flag: '--smtp-url <url>',
    env: 'VESTIBULE_SMTP_URL',
    help: 'mail server: smtp://user:password@host:port, or smtps:// (if it has a password, use the environment); without one, mail is only kept in the mailbox',
    schema: smtpUrl.optional(),
  },
  mailFrom: {
    flag: '--mail-from <sender>',
    env: 'VESTIBULE_MAIL_FROM',
    help: 'sender of mail (default: Vestibule <no-reply@…>, with the host of the public URL)',
    schema: mailFrom.optional(),
  },
  apiToken: {
    env: 'VESTIBULE_API_TOKEN',
    help: 'token of the control API (default: generated and printed at the first start; vestibule token makes another)',
    schema: z
      .string()
      .min(16, 'Expected at least 16 characters.')
      .max(256, 'Expected at most 256 characters.')
      .regex(
        BEARER_TOKEN,
        'Expected only characters that an Authorization header can carry: letters, digits and - . _ ~ + /, without spaces, and = only at the end. Generate one with: openssl rand -hex 32.',
      )
      .optional(),
  },
  secret: {
    env: 'VESTIBULE_SECRET',
    help: 'encrypts secrets in the database (default: generated in the data folder at the first start)',
    schema: z.string().min(16, 'Expected at least 16 characters.').optional(),
  },
  logLevel: {
    flag: '--log-level <level>',
    env: 'VESTIBULE_LOG_LEVEL',
    help: 'fatal, error, warn, info, debug, trace or silent',
    schema: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'Expected fatal, error, warn, info, debug, trace or silent.',
      })
      .default('info'),
  },
} as const;

type Name = keyof typeof settings;

/** The server's validated settings. */
export type Config = { [Key in Name]: z.output<(typeof settings)[Key]['schema']> };

/** The command line's flags, for commander. */
export const FLAGS = Object.entries(settings).flatMap(([name, setting]) =>
  'flag' in setting ? [{ name, flag: setting.flag, help: `${setting.help} [${setting.env}]` }] : [],
);

const OF_THE_DATABASE: readonly string[] = ['data', 'databaseUrl', 'durability'] satisfies Name[];

/** The flags of commands that work on a database directly. */
export const DATABASE_FLAGS = FLAGS.filter(({ name }) => OF_THE_DATABASE.includes(name));

export type ReadConfig = { ok: true; config: Config } | { ok: false; faults: string[] };

/**
 * Reads the settings from flags and the environment. All faults are reported at once, each with the name of
 * the flag or variable that the user gave. Secrets come from the environment only: the command line is
 * visible to all users of the machine.
 */
export function readConfig(flags: Record<string, unknown>, env: NodeJS.ProcessEnv = process.env): ReadConfig {
  const faults: string[] = [];
  const read = <Key extends Name>(name: Key): Config[Key] => {
    const setting = settings[name];
    const fromFlag = flags[name];
    const given = fromFlag ?? (env[setting.env] === '' ? undefined : env[setting.env]);
    const parsed = setting.schema.safeParse(given);
    // Config is built from the output types of these schemas.
    if (parsed.success) return parsed.data as Config[Key];
    const source =
      fromFlag !== undefined && 'flag' in setting ? (setting.flag.split(' ')[0] ?? name) : setting.env;
    faults.push(...parsed.error.issues.map((issue) => `${source}: ${issue.message}`));
    return undefined as Config[Key]; // never returned, since there are faults now
  };
  const config: Config = {
    port: read('port'),
    host: read('host'),
    publicUrl: read('publicUrl'),
    trustProxy: read('trustProxy'),
    hsts: read('hsts'),
    data: read('data'),
    memory: read('memory'),
    databaseUrl: read('databaseUrl'),
    durability: read('durability'),
    org: read('org'),
    certs: read('certs'),
    smtpUrl: read('smtpUrl'),
    mailFrom: read('mailFrom'),
    apiToken: read('apiToken'),
    secret: read('secret'),
    logLevel: read('logLevel'),
  };
  if (config.memory && config.databaseUrl !== undefined) {
    faults.push('--memory and DATABASE_URL contradict each other: give one of them.');
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config };
}
