import type { SignInId } from '../../../../src/foundation/platform/ids.ts';
import type { Answer, Browserless } from '../../servers/browserless.ts';
import { codeNow, mailedCodes, optionsOf, wrongCode } from '../mfa.ts';
import type { TestServer } from '../../servers/server.ts';
import { CHANGED, PASSWORD, type Person } from './people.ts';

export type Factor = 'PASSWORD' | 'TOTP' | 'WEBAUTHN' | 'RESYNC_TOTP' | 'EMAIL_OTP';

/** A class that a service provider may request, and the second factors that each satisfy it. */
export const CONTEXTS = [
  { classRef: 'https://refeds.org/profile/mfa', byTypes: ['TOTP', 'WEBAUTHN'] },
  { classRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken', byTypes: ['TOTP'] },
] as const;

export interface Demanded {
  context: (typeof CONTEXTS)[number];
  /** The path where the request waits for the sign-in. */
  waitsAt: string;
}

/** A sign-in that a walk began. */
export interface Begun {
  id: SignInId;
  path: string;
  browser: Browserless;
  person: Person | undefined;
  given: Set<Factor>;
  completed: boolean;
  /**
   * The class that the service provider requested, and the path where its request waits. Undefined: the sign-in began
   * at the portal.
   */
  demanded: Demanded | undefined;
  page: Answer | undefined;
}

/** The state from which a walk makes its requests. */
export interface Scene {
  readonly server: TestServer;
  readonly people: readonly Person[];
  /** The time step of the code that each user's app used last. */
  readonly usedSteps: ReadonlyMap<Person, number>;
  /** The users who have changed their password. */
  readonly changed: ReadonlySet<Person>;
  readonly pick: <T>(of: readonly T[]) => T;
}

/** A request, and the factor that it proves. */
export interface Sent {
  method?: 'GET' | 'POST';
  to?: string;
  fields?: Record<string, string>;
  proves?: Factor;
}

/** The kinds of requests. A kind that is listed several times is sent more often. */
export const KINDS = [
  ...([
    'identify',
    'identify',
    'identify nobody',
    'password right',
    'password right',
    'password right',
  ] as const),
  ...(['password wrong', 'code right', 'code right', 'code wrong', 'code replayed', 'resync right'] as const),
  ...(['resync wrong', 'key right', 'key right', 'key elsewhere', 'mail right', 'mail right'] as const),
  ...(['mail wrong', 'mail anew', 'choose', 'choose', 'change right', 'change wrong', 'continue'] as const),
  ...(['restart', 'look', 'look'] as const),
];
export type Kind = (typeof KINDS)[number];

/** The kind of request that the page asks for. */
export function honestKind({ body, status }: Answer): Kind | undefined {
  if (status !== 200) return undefined;
  if (body.includes('/identify"')) return 'identify';
  if (body.includes('/password"')) return 'password right';
  if (body.includes('name="secondCode"')) return 'resync right';
  if (body.includes('/email-code"')) return 'mail right';
  if (body.includes('name="code"')) return 'code right';
  if (body.includes('data-security-key')) return 'key right';
  if (body.includes('name="newPassword"')) return 'change right';
  return undefined;
}

/** Makes a request of this kind, and says which factor it proves. */
export async function requestOf(scene: Scene, begun: Begun, kind: Kind): Promise<Sent> {
  const { person } = begun;
  const { server, pick } = scene;
  const { clock } = server;
  const trust: Record<string, string> = pick([{ trustDevice: 'on' }, {}]);
  const present = Math.floor(clock.now() / 30_000);
  const used = person && scene.usedSteps.get(person);
  const fresh = used === undefined || present > used;
  const proof = (factor: Factor, isProper: boolean) => (isProper ? { proves: factor } : {});
  switch (kind) {
    case 'identify':
      return { to: '/identify', fields: { username: pick(scene.people).userName } };
    case 'identify nobody':
      return { to: '/identify', fields: { username: 'nobody@example.com' } };
    case 'password right': {
      const password = person && scene.changed.has(person) ? CHANGED : PASSWORD;
      return { to: '/password', fields: { password }, ...proof('PASSWORD', person !== undefined) };
    }
    case 'password wrong':
      return { to: '/password', fields: { password: 'Wrong-horse-1' } };
    case 'code right':
      return {
        ...{ to: '/challenge', fields: { code: codeNow(server), ...trust } },
        ...proof('TOTP', person?.appId !== undefined && fresh),
      };
    case 'code wrong':
      return { to: '/challenge', fields: { code: wrongCode(server), ...trust } };
    case 'code replayed':
      return { to: '/challenge', fields: { code: codeNow(server, (used ?? present - 5) - present) } };
    case 'resync right':
      return {
        ...{
          to: '/resync',
          fields: { code: codeNow(server, -1), secondCode: codeNow(server) },
        },
        // The first of the two codes must be newer than the last used one, too.
        ...proof('RESYNC_TOTP', person?.appId !== undefined && (used === undefined || present - 1 > used)),
      };
    case 'resync wrong':
      return {
        to: '/resync',
        fields: { code: codeNow(server, -7), secondCode: codeNow(server, -5) },
      };
    case 'key right':
    case 'key elsewhere':
      return keyRequest(server, begun, kind === 'key right', trust);
    case 'mail right': {
      const row = await readSignIn(server, begun.id);
      const kept = row.progress.mailCode;
      const mailed = kept ? await newestCode(server, begun) : undefined;
      const good =
        mailed !== undefined && kept !== null && kept.triesLeft > 0 && clock.now() < kept.expiresAt;
      return {
        to: '/email-code',
        fields: { code: mailed ?? '000000', ...trust },
        ...proof('EMAIL_OTP', good),
      };
    }
    case 'mail wrong':
      return { to: '/email-code', fields: { code: '12 34 5', ...trust } };
    case 'mail anew':
      return { to: '/email-code/send' };
    case 'choose':
      return {
        to: '/choose',
        fields: { type: pick(['TOTP', 'WEBAUTHN', 'RESYNC_TOTP', 'EMAIL_OTP', 'x']) },
      };
    case 'change right':
      return { to: '/change-password', fields: { newPassword: CHANGED, confirmPassword: CHANGED } };
    case 'change wrong':
      return { to: '/change-password', fields: { newPassword: 'short', confirmPassword: 'short' } };
    case 'continue':
      return { to: '/continue' };
    case 'restart':
      return { to: '/restart' };
    case 'look':
      return { method: 'GET' };
  }
}

/** The key answers the page that was seen last, which may be outdated: then the answer proves nothing. */
async function keyRequest(
  server: TestServer,
  begun: Begun,
  isRight: boolean,
  trust: Record<string, string>,
): Promise<Sent> {
  const key = begun.person?.key;
  const { page } = begun;
  if (!key || !page?.body.includes('data-security-key')) {
    return { to: '/challenge', fields: { assertion: '{}', ...trust } };
  }
  const options = optionsOf(page);
  const origin = isRight ? server.publicUrl.origin : 'https://evil.example';
  const assertion = JSON.stringify(key.get(options, origin));
  const now = await begun.browser.get(begun.path);
  const isPresent = now.body.includes('data-security-key') && optionsOf(now).challenge === options.challenge;
  return {
    ...{ to: '/challenge', fields: { assertion, ...trust } },
    ...(isRight && isPresent && { proves: 'WEBAUTHN' }),
  };
}

/** The code that this sign-in waits for. Messages are in the order in which they were requested. */
async function newestCode(server: TestServer, { id }: Begun): Promise<string | undefined> {
  const { mailCode } = (await readSignIn(server, id)).progress;
  const codes = await mailedCodes(server);
  return codes.find(
    (code) => server.app.operationNeeds.sealer.mac('email-code', `${id} ${code}`) === mailCode?.mac,
  );
}

/** The stored state of a sign-in. */
export async function readSignIn({ db }: TestServer, id: SignInId) {
  const row = await db.read
    .selectFrom('sign_ins')
    .select(['verified', 'progress', 'user_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    userId: row.user_id,
    // The format that src/domain/sessions/sign-in-store.ts writes.
    verified: (JSON.parse(row.verified) as { type: Factor }[]).map(({ type }) => type),
    progress: JSON.parse(row.progress) as {
      mailCode: { mac: string; triesLeft: number; expiresAt: number } | null;
    },
  };
}
