import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { CredentialType } from '../../audit/event.ts';
import type { Operation } from '../../audit/operations.ts';
import type { User } from '../../directory/user.ts';
import type { Instance, Times } from '../../organizations/organization.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { Ids, SignInId } from '../../../foundation/platform/ids.ts';
import type { Tx } from '../../../foundation/storage/database.ts';
import type { Tables } from '../../../foundation/storage/tables.ts';
import type { MfaDetails, MfaDevice, MfaType } from './device.ts';
import type { MfaKinds } from './strategies.ts';

/*
 * The contract of the second factors. Each type is one value of MfaStrategy in a folder of its own, and strategies.ts lists
 * them. Other code asks the strategy of a type and doesn't compare types. The exceptions accept the secret of an authenticator app
 * in a short form: `totp` of a user (organization file, new user) and `totpSecret` (library). Strategies import no Koa and read
 * no tables: their callers pass in what they need. Heavy libraries are loaded when a strategy first uses them.
 */

/** The TypeScript types that a type of second factor defines; `MfaKinds` lists them. */
export interface MfaKind {
  /** The details of a device of the type. `type` distinguishes the types. */
  readonly details: { readonly type: string; readonly credential: unknown };
  /** The type's name in settings, organization files and the control API. */
  readonly name: Instance['settings']['mfa']['types'][number];
  /** The credential type of events about a resynchronization; never for types that can't get out of sync. */
  readonly resync: CredentialType;
  /** The schema of a device's details in an organization file. */
  readonly declared: z.ZodObject;
  /** What the page shows that sets up a new device. */
  readonly setup: { readonly type: string };
  /** What the page of a sign-in shows that asks for a device. */
  readonly challenge: { readonly type: string };
}

export interface MfaStrategy<T extends MfaType> {
  readonly type: T;
  readonly name: MfaKinds[T]['name'];
  /** The plural of the type, in messages. */
  readonly plural: string;
  /** How many devices of the type a user can register. */
  readonly maxDevices: number;
  /**
   * SAML's authentication context class for a password with this type; null if only the classes of any second
   * factor apply.
   */
  readonly authnContextClass: string | null;
  /** The name of a new device until its user renames it. */
  defaultName(details: MfaDetails<T>): string;
  /** What pages and APIs show of a device's details. */
  describe(details: MfaDetails<T>): DeviceDescription;
  readonly registration: RegistrationStrategy<T>;
  readonly challenge: ChallengeStrategy<T>;
  /** Null if the type can't get out of sync. */
  readonly resync: ResyncStrategy<T> | null;
  readonly stored: StoredStrategy<T>;
  readonly declared: DeclaredStrategy<T>;
}

/**
 * The server's own address and name, never taken from a request, so that another site can't relay a key's
 * answer (phishing).
 */
export interface MfaSite {
  readonly publicUrl: URL;
  readonly instance: Instance;
}

/** The form field with the answer of a device or its user. */
export interface AnswerField {
  readonly name: string;
  readonly text: z.ZodType<string>;
  /** The message for an empty field; null for fields that a script fills in. */
  readonly missing: string | null;
}

/** The registration under way for which a set-up is needed. */
export interface SetupRequest<T extends MfaType> extends MfaSite {
  readonly user: User;
  readonly secret: string;
  /** Reads the user's devices of the type. */
  registered(): Promise<readonly MfaDevice<T>[]>;
}

/** Why a device was not registered: the code was wrong, or the device didn't prove itself. */
export type NotProved = 'wrong-code' | 'not-proven';

/**
 * The registration of a device of the type: starting it generates a secret, and the device's answer completes
 * it.
 */
export interface RegistrationStrategy<T extends MfaType> {
  /** The operations that events record. */
  readonly operations: { readonly start: Operation; readonly complete: Operation };
  /** The last segment of the path to which a page posts the answer. */
  readonly path: string;
  readonly field: AnswerField;
  /** Whether the registration continues after a wrong answer. */
  readonly isRetriable: boolean;
  /** Generates an app's secret, or the challenge for a key (base64url). */
  newSecret(ids: Ids): Promise<string>;
  setup(request: SetupRequest<T>): Promise<MfaKinds[T]['setup']>;
  /**
   * Verifies the answer: the text of the form's field, or a value from a program's JSON. Never throws for a
   * wrong answer.
   */
  prove(
    site: MfaSite,
    secret: string,
    answer: unknown,
    times: Pick<Times, 'wireAt'>,
  ): Promise<
    | { readonly ok: true; readonly details: MfaDetails<T> }
    | { readonly ok: false; readonly reason: NotProved }
  >;
  readonly program: ProgramStrategy<T>;
}

/** The registration of a device in JSON, for the control API. */
export interface ProgramStrategy<T extends MfaType> {
  /** The schema of the result of `setup`. All members must be optional, because each type has its own. */
  readonly setupShape: Readonly<Record<string, z.ZodType>>;
  setup(request: SetupRequest<T>): Promise<object>;
  /** The member with the device's answer. Its schema must be optional. */
  readonly answer: { readonly key: string; readonly schema: z.ZodType };
  /**
   * The member that registers a device by a secret that the client chose, without an answer. Its schema must
   * be optional.
   */
  readonly chosen: {
    readonly key: string;
    readonly schema: z.ZodType<MfaDetails<T> | undefined>;
  } | null;
}

/** A sign-in that asks for a device. */
export interface MfaAttempt extends MfaSite {
  readonly sealer: Sealer;
  readonly times: Times;
  /** Its version grows with every attempt, so that whatever is derived from both is valid for one attempt. */
  readonly signIn: { readonly id: SignInId; readonly version: number };
}

/**
 * The verdict about an answer. Judging writes nothing; `use` marks the code or counter as used, in the
 * sign-in's transaction.
 */
/** What pages and APIs show of a device, besides its record. */
export interface DeviceDescription {
  readonly inSync: boolean;
  readonly isBuiltIn: boolean;
  /** What is questionable about it, as sentences. */
  readonly warnings: readonly string[];
}

export type FactorVerdict =
  /** `use` resolves to false when another request used it first. */
  | { readonly right: true; use(tx: Tx): Promise<boolean> }
  /** `why` is the message for the user, if the usual one doesn't fit. */
  | { readonly right: false; readonly why?: string };

export interface ChallengeStrategy<T extends MfaType> {
  readonly field: AnswerField;
  /** The usual message for a wrong answer. */
  readonly wrong: string;
  /** What the page shows. `registered` reads the user's devices of the type. */
  show(
    attempt: MfaAttempt,
    registered: () => Promise<readonly MfaDevice<T>[]>,
  ): Promise<MfaKinds[T]['challenge']>;
  /** Verifies an answer with each of the user's devices of the type. */
  judge(attempt: MfaAttempt, devices: readonly MfaDevice<T>[], answer: string): Promise<FactorVerdict>;
}

/** The resynchronization of a device whose clock is off, which also counts as its use. */
export interface ResyncStrategy<T extends MfaType> {
  /** The credential type in events. */
  readonly credentialType: MfaKinds[T]['resync'];
  /** The fields of the form, in the order of the answers. */
  readonly fields: readonly AnswerField[];
  readonly missing: string;
  readonly wrong: string;
  judge(
    attempt: MfaAttempt,
    devices: readonly MfaDevice<T>[],
    answers: readonly string[],
  ): Promise<FactorVerdict>;
}

type Row = Selectable<Tables['mfa_devices']>;

/** The columns that only some types use. Those that a type leaves out are empty. */
export type DetailColumns = Pick<
  Row,
  | 'counter'
  | 'sealed_secret'
  | 'drift_steps'
  | 'in_sync'
  | 'credential_id'
  | 'public_key'
  | 'transports'
  | 'is_built_in'
>;

export interface StoredStrategy<T extends MfaType> {
  /** `fingerprint` identifies the secret or the credential, so that a device can be registered only once. */
  toColumns(device: MfaDevice<T>, sealer: Sealer): Partial<DetailColumns> & { readonly fingerprint: string };
  /** Undefined if a column that the type needs is empty. */
  fromRow(row: Row, sealer: Sealer): MfaDetails<T> | undefined;
}

/** The form of a device in organization files, with all its secrets. */
export interface DeclaredStrategy<T extends MfaType> {
  readonly schema: MfaKinds[T]['declared'];
  read(declared: z.output<MfaKinds[T]['declared']>): MfaDetails<T>;
  write(details: MfaDetails<T>): z.input<MfaKinds[T]['declared']>;
}
