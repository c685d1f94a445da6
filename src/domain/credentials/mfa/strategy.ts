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
 * them. All other code asks the strategy of a type and never branches on the type itself. Strategies import no Koa and read no
 * tables: their callers pass in what they need. Heavy libraries are loaded when a strategy first uses them.
 */

/** The TypeScript types of a type of second factor: `MfaKinds` lists one for each. */
export interface MfaKind {
  /** What a device of the type has beyond what every device has. `type` tells devices apart. */
  readonly details: { readonly type: string; readonly credential: unknown };
  /** The word for the type in settings, organization files and the control API. */
  readonly name: Instance['settings']['mfa']['types'][number];
  /** The credential type that events name when a device is resynchronized; never where nothing can get out of sync. */
  readonly resync: CredentialType;
  /** The schema of a device's details in an organization file. */
  readonly declared: z.ZodObject;
  /** What the page that sets a new device up shows. */
  readonly setup: { readonly type: string };
  /** What the page of a sign-in that asks for a device shows. */
  readonly challenge: { readonly type: string };
}

export interface MfaStrategy<T extends MfaType> {
  readonly type: T;
  readonly name: MfaKinds[T]['name'];
  /** Several devices of the type, in messages. */
  readonly plural: string;
  /** How many devices of the type a user can register. */
  readonly most: number;
  /** SAML's class for a sign-in with a password and this type; null: only the classes of any second factor fit. */
  readonly authnContextClass: string | null;
  /** The name of a new device until its user gives it another. */
  defaultName(details: MfaDetails<T>): string;
  /** What pages and programs show of a device, besides what every device has. */
  describe(details: MfaDetails<T>): { readonly inSync: boolean; readonly isBuiltIn: boolean };
  readonly registration: RegistrationStrategy<T>;
  readonly challenge: ChallengeStrategy<T>;
  /** Null where nothing can get out of sync. */
  readonly resync: ResyncStrategy<T> | null;
  readonly stored: StoredStrategy<T>;
  readonly declared: DeclaredStrategy<T>;
}

/** The server's own address and name. They never come from the request, so that another site can't relay a key's answer. */
export interface MfaSite {
  readonly publicUrl: URL;
  readonly instance: Instance;
}

/** The field of a form that carries what a device, or its user, answers. */
export interface AnswerField {
  readonly name: string;
  readonly text: z.ZodType<string>;
  /** The message for an empty field; null for a field that a script fills. */
  readonly missing: string | null;
}

/** The registration under way for which a page or a program needs the set-up. */
export interface SetupRequest<T extends MfaType> extends MfaSite {
  readonly user: User;
  readonly secret: string;
  /** Reads the user's devices of the type. */
  registered(): Promise<readonly MfaDevice<T>[]>;
}

/** Why a device was not registered: the code is wrong, or the device didn't prove itself. */
export type NotProved = 'wrong-code' | 'not-proven';

/** The registration of a device: `start` makes a secret, and what the device makes of it completes the registration. */
export interface RegistrationStrategy<T extends MfaType> {
  /** The operations as events record them. */
  readonly operations: { readonly start: Operation; readonly complete: Operation };
  /** The last part of the address that a page posts the answer to. */
  readonly path: string;
  readonly field: AnswerField;
  /** Whether a wrong answer leaves the registration under way. */
  readonly isRetriable: boolean;
  /** The app's secret, or the challenge for a key (base64url). */
  newSecret(ids: Ids): Promise<string>;
  setup(request: SetupRequest<T>): Promise<MfaKinds[T]['setup']>;
  /** Judges the answer: the text of the form's field, or a value of a program's JSON. Never throws for what it holds. */
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

/** The registration of a device as programs carry it out, in JSON. */
export interface ProgramStrategy<T extends MfaType> {
  /** The schema of the result of `setup`. All members are optional, because each type has its own. */
  readonly setupShape: Readonly<Record<string, z.ZodType>>;
  setup(request: SetupRequest<T>): Promise<object>;
  /** The member with the device's answer. Its schema is optional. */
  readonly answer: { readonly key: string; readonly schema: z.ZodType };
  /** The member that registers a device by a secret of the program's choice, without an answer. Its schema is optional. */
  readonly chosen: {
    readonly key: string;
    readonly schema: z.ZodType<MfaDetails<T> | undefined>;
  } | null;
}

/** A sign-in that asks for a device. */
export interface MfaAttempt extends MfaSite {
  readonly sealer: Sealer;
  readonly times: Times;
  /** Its version grows with every try: what is bound to both is good for one try. */
  readonly signIn: { readonly id: SignInId; readonly version: number };
}

/** The result of judging an answer. Judging changes nothing: `use` marks the code or counter as used, in the sign-in's transaction. */
export type FactorVerdict =
  /** `use` resolves to false when another request used it first. */
  | { readonly right: true; use(tx: Tx): Promise<boolean> }
  /** `why` is the message for the user, if the usual one doesn't fit. */
  | { readonly right: false; readonly why?: string };

export interface ChallengeStrategy<T extends MfaType> {
  readonly field: AnswerField;
  /** The usual message for a wrong answer. */
  readonly wrong: string;
  /** What the page shows; `registered` reads the person's devices of the type. */
  show(
    attempt: MfaAttempt,
    registered: () => Promise<readonly MfaDevice<T>[]>,
  ): Promise<MfaKinds[T]['challenge']>;
  /** Judges an answer against each of the person's devices of the type. */
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

/** The columns that belong to some types only; what a type leaves out is empty. */
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
  /** `fingerprint` is of the secret or the credential id: a device is registered once. */
  toColumns(device: MfaDevice<T>, sealer: Sealer): Partial<DetailColumns> & { readonly fingerprint: string };
  /** Undefined when a column is empty that the type needs. */
  fromRow(row: Row, sealer: Sealer): MfaDetails<T> | undefined;
}

/** A device as an organization file declares it: with all its secrets. */
export interface DeclaredStrategy<T extends MfaType> {
  readonly schema: MfaKinds[T]['declared'];
  read(declared: z.output<MfaKinds[T]['declared']>): MfaDetails<T>;
  write(details: MfaDetails<T>): z.input<MfaKinds[T]['declared']>;
}
