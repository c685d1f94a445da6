import { once, EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A message as the mail server received it. */
export interface ReceivedMail {
  from: string;
  to: string[];
  headers: Map<string, string>;
  /** Decoded parts by media type. */
  parts: Map<string, string>;
}

export interface MailServerOptions {
  /** The sender's credentials. Absent: the server requires none. */
  credentials?: { user: string; password: string };
  /** The answer with which it refuses the nth message (from 1). Undefined: it accepts the message. */
  refuse?: (count: number) => { code: number; message: string } | undefined;
  /** The answer to a wrong password. */
  denial?: (password: string) => string;
  /** Whether it offers STARTTLS, with a self-signed certificate. */
  startTls?: boolean;
}

/** A real mail server on loopback, which keeps the messages that it receives. */
export interface TestMailServer {
  readonly port: number;
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** The number of messages that clients offered, accepted or not. */
  readonly offered: number;
  /** Resolves when this many messages were accepted. */
  holds(count: number): Promise<readonly ReceivedMail[]>;
  stop(): Promise<void>;
}

export async function startMailServer(options: MailServerOptions = {}): Promise<TestMailServer> {
  const { credentials, refuse, denial = () => 'no', startTls = false } = options;
  const received: ReceivedMail[] = [];
  const arrivals = new EventEmitter();
  let offered = 0;
  const server = new SMTPServer({
    logger: false,
    disabledCommands: [...(startTls ? [] : ['STARTTLS']), ...(credentials ? [] : ['AUTH'])],
    authOptional: !credentials,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const isRight = username === credentials?.user && password === credentials?.password;
      if (isRight) done(undefined, { user: username });
      else done(smtpError(535, denial(password ?? '')));
    },
    onData(stream, { envelope }, done) {
      offered += 1;
      const refused = refuse?.(offered);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refused) return done(smtpError(refused.code, refused.message));
        const { mailFrom, rcptTo } = envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          ...parse(Buffer.concat(chunks).toString()),
        });
        done();
        arrivals.emit('mail');
      });
    },
  });
  // Other tests look at connections that the client breaks off.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port: taken } = server.server.address() as AddressInfo; // The server listens on a TCP port.
  const user = credentials
    ? `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.password)}@`
    : '';
  return {
    port: taken,
    url: `smtp://${user}127.0.0.1:${taken}`,
    received,
    get offered() {
      return offered;
    },
    async holds(count) {
      while (received.length < count) await once(arrivals, 'mail');
      return received;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const smtpError = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode });

/** Splits a multipart message into its parts, as far as our own messages need it. */
function parse(text: string): Pick<ReceivedMail, 'headers' | 'parts'> {
  const { headers, body } = split(text);
  const [, boundary] = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '') ?? [];
  const parts = new Map<string, string>();
  for (const each of boundary === undefined ? [] : body.split(`--${boundary}`).slice(1, -1)) {
    const part = split(each.replace(/^\r\n/, '').replace(/\r\n$/, ''));
    const [type = ''] = (part.headers.get('content-type') ?? '').split(';');
    parts.set(type, decode(part.body, part.headers.get('content-transfer-encoding')));
  }
  return { headers, parts };
}

function split(text: string): { headers: Map<string, string>; body: string } {
  const end = text.indexOf('\r\n\r\n');
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { headers: new Map(headers), body: text.slice(end + 4) };
}

function decode(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body.replaceAll('\r\n', '\n');
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString().replaceAll('\r\n', '\n');
}
