import { MINUTE_MS, SECOND_MS } from '../../foundation/platform/clock.ts';
import type { ClaimedMail } from './queue.ts';
import { isLocal } from './smtp-url.ts';

/** Where mail goes, and from whom. */
export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with a user and a password where the server asks for them: never logged. */
  url: URL;
  /** An address, or a name with one: what stands in From. */
  from: string;
}

/** What came of a message. `reason` holds no secret; `isFinal`: the server will never take it. */
export type SendOutcome = { ok: true } | { ok: false; reason: string; isFinal: boolean };

/** Hands messages to a mail server. */
export interface SmtpSender {
  /** Breaks off when `signal` says so, and answers that it failed. */
  send(mail: ClaimedMail, signal?: AbortSignal): Promise<SendOutcome>;
}

/** All of them together stay well below the lease of a message. */
const LIMITS = {
  dnsTimeout: 10 * SECOND_MS,
  connectionTimeout: 10 * SECOND_MS,
  greetingTimeout: 10 * SECOND_MS,
  socketTimeout: MINUTE_MS,
} as const;

/** Longer answers of a mail server are cut. */
const LONGEST_REASON = 500;

/** Makes what sends. Its package is loaded with the first message, not at start. */
export function createSmtpSender({ url, from }: SmtpSettings): SmtpSender {
  const secrets = secretsOf(url);
  const open = async () => {
    const { createTransport } = await import('nodemailer');
    const secure = url.protocol === 'smtps:';
    return createTransport({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
      secure,
      ...(url.username !== '' && {
        auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
      }),
      // A password must not go over a network in the clear because somebody took STARTTLS out of the answer.
      requireTLS: url.username !== '' && !isLocal(url),
      // On this machine nobody stands between, and its mail server's certificate is mostly one that it made itself.
      tls: { rejectUnauthorized: !isLocal(url) },
      // What a message says names no file and no address to be read into it.
      disableFileAccess: true,
      disableUrlAccess: true,
      ...LIMITS,
    });
  };
  let transport: ReturnType<typeof open> | undefined;
  return {
    async send({ id, to, subject, text, html }, signal) {
      try {
        await (
          await (transport ??= open())
        ).sendMail({
          from,
          // An object, so that a comma in an address makes no second recipient.
          to: { name: '', address: to },
          ...{ subject, text, html },
          // The same each time: whoever gets a message twice can tell.
          messageId: `<${id}@vestibule.invalid>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...(signal && { signal }),
        });
        return { ok: true };
      } catch (error) {
        return { ok: false, reason: withoutSecrets(error, secrets), isFinal: isFinal(error) };
      }
    },
  };
}

/** Refused for good (RFC 5321 §4.2.1: 5yz), where that is about the message; a refused sign-in is for somebody to put right. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('responseCode' in error)) return false;
  const isAboutMessage = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  const { responseCode: code } = error;
  // 530 asks for a sign-in (RFC 4954 §6).
  return isAboutMessage && typeof code === 'number' && code >= 500 && code !== 530;
}

/** The password in every form in which a server that repeats what it was sent could show it. */
function secretsOf(url: URL): string[] {
  if (url.password === '') return [];
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  // The longest first: one may hold another.
  return [base64(`\0${user}\0${password}`), base64(password), url.password, password];
}

function withoutSecrets(error: unknown, secrets: readonly string[]): string {
  let reason = error instanceof Error ? error.message : String(error);
  for (const secret of secrets) reason = reason.replaceAll(secret, '…');
  // PostgreSQL keeps no NUL, and what can't be written down would be sent again and again.
  return reason.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, LONGEST_REASON);
}
