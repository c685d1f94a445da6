import { MINUTE_MS, SECOND_MS } from '../../foundation/platform/clock.ts';
import type { ClaimedMail } from './queue-store.ts';
import type { Sender } from './email-address.ts';
import { headerText } from './header-text.ts';
import { isLocal } from './smtp-url.ts';

/** The mail server, and the sender of all mail. */
export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with a user and a password if the server requires them. Never logged. */
  url: URL;
  /** Stands in the From header. */
  from: Sender;
}

/**
 * The outcome of an attempt. `reason` holds no secret. `isFinal`: the mail server will never accept the
 * message.
 */
export type SendOutcome = { ok: true } | { ok: false; reason: string; isFinal: boolean };

/** Sends messages through a mail server. */
export interface SmtpSender {
  /** Never rejects. Aborting `signal` breaks it off, which counts as a failure. */
  send(mail: ClaimedMail, signal?: AbortSignal): Promise<SendOutcome>;
}

/** Their sum stays well below the lease of a message. */
const LIMITS = {
  dnsTimeout: 10 * SECOND_MS,
  connectionTimeout: 10 * SECOND_MS,
  greetingTimeout: 10 * SECOND_MS,
  socketTimeout: MINUTE_MS,
} as const;

/** A mail server's answer is cut to this many characters. */
const MAX_REASON_CHARACTERS = 500;

/** Creates the sender. nodemailer is loaded with the first message, which keeps the server's start fast. */
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
      // An attacker who strips STARTTLS from the server's answer must not get the password in the clear.
      requireTLS: url.username !== '' && !isLocal(url),
      // A mail server on this machine usually has a self-signed certificate, and no network to protect.
      tls: { rejectUnauthorized: !isLocal(url) },
      // nodemailer must not read files or fetch URLs that a message's content names.
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
          // An object, so that a comma in the address doesn't add a second recipient.
          to: { name: '', address: to },
          subject: headerText(subject),
          ...{ text, html },
          // The same for each attempt, so that mail programs can drop duplicates.
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

/**
 * Whether the mail server refused the message for good (RFC 5321 §4.2.1: 5yz). A refused sign-in isn't final:
 * an administrator can correct the password.
 */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('responseCode' in error)) return false;
  const isAboutMessage = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  const { responseCode: code } = error;
  // 530: authentication required (RFC 4954 §6).
  return isAboutMessage && typeof code === 'number' && code >= 500 && code !== 530;
}

/** The password in every encoding in which a mail server could echo it. */
function secretsOf(url: URL): string[] {
  if (url.password === '') return [];
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  // The longest first, since one can contain another.
  return [base64(`\0${user}\0${password}`), base64(password), url.password, password];
}

function withoutSecrets(error: unknown, secrets: readonly string[]): string {
  let reason = error instanceof Error ? error.message : String(error);
  for (const secret of secrets) reason = reason.replaceAll(secret, '…');
  // PostgreSQL can't store NUL, and a message whose failure can't be stored would be sent again and again.
  return reason.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, MAX_REASON_CHARACTERS);
}
