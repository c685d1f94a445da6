import { declaredMacOf } from '../../../domain/credentials/passwords/declared-password.ts';
import { availableParallelism } from 'node:os';
import { settingsOf } from '../../../domain/applications/application-input.ts';
import type { Application, ApplicationSettings } from '../../../domain/applications/application.ts';
import { useTemplate } from '../../../domain/applications/catalogue/use-template.ts';
import { toRelyingParty, type RelyingPartyNeeds } from '../../../domain/applications/relying-party.ts';
import { findSignedRequestsFault } from '../../../domain/applications/signed-requests.ts';
import type { NewCertificate } from '../../../domain/certificates/certificate.ts';
import type { KeyCache } from '../../../domain/certificates/key-cache.ts';
import type { KeyPool } from '../../../domain/certificates/key-pool.ts';
import { prepareCertificate } from '../../../domain/certificates/prepare.ts';
import type { StoredPassword } from '../../../domain/credentials/passwords/store.ts';
import { nameKey } from '../../../domain/directory/name-key.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { DirectoryId, Ids, UserId } from '../../../foundation/platform/ids.ts';
import type { RelyingParty } from '../../../protocols/saml/types.ts';
import type { Existing, ExistingDirectory } from './existing.ts';
import type { FileFault } from '../read/fault.ts';
import type { Principals } from '../read/principals.ts';
import type { DeclaredApplication, DeclaredUser, OrganizationFile } from '../read/schema.ts';

/*
 * Everything slow (parsing metadata, hashing passwords, generating keys) is done before the transaction, because on
 * SQLite no other transaction can write while one is open.
 */

/** The computed values of a declared application. */
export interface PreparedApplication {
  /** Undefined when the application keeps its service provider. */
  readonly relyingParty: RelyingParty | undefined;
  readonly settings: ApplicationSettings;
  /** Whether `relyingParty` was read from metadata. */
  readonly isImported: boolean;
}

export interface PreparedApplications {
  /** By the application's key. */
  readonly byKey: ReadonlyMap<string, PreparedApplication>;
  readonly faults: readonly FileFault[];
  /** Problems in metadata that are no reason to refuse it. */
  readonly warnings: readonly FileFault[];
}

/** Reads the service providers and settings of a file's applications. `present` has the existing ones, by key. */
export async function prepareApplications(
  needs: RelyingPartyNeeds,
  file: Pick<OrganizationFile, 'applications' | 'faultAt'>,
  present: ReadonlyMap<string, Application>,
): Promise<PreparedApplications> {
  const byKey = new Map<string, PreparedApplication>();
  const [faults, warnings]: [FileFault[], FileFault[]] = [[], []];
  for (const declared of file.applications) {
    const result = await prepareApplication(needs, declared, present.get(declared.key));
    const placeFinding = ({ path, message }: Finding) =>
      file.faultAt(['applications', declared.index, ...path], message);
    faults.push(...(result.faults ?? []).map(placeFinding));
    warnings.push(...(result.warnings ?? []).map(placeFinding));
    if (result.prepared) byKey.set(declared.key, result.prepared);
  }
  return { byKey, faults, warnings };
}

/** A fault or a warning, with the path of the field inside the application. */
interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

async function prepareApplication(
  needs: RelyingPartyNeeds,
  declared: DeclaredApplication,
  present: Application | undefined,
): Promise<{ prepared?: PreparedApplication; faults?: readonly Finding[]; warnings?: readonly Finding[] }> {
  const used = await useTemplate(declared, present);
  if (!used.ok) return { faults: used.faults };
  const { base, serviceProvider } = used;
  const settings = settingsOf({ ...declared, serviceProvider }, base);
  const read = serviceProvider && (await toRelyingParty(needs, serviceProvider));
  if (read?.ok === false) {
    // For a fault inside a metadata file, the organization file only has that file's name to point to.
    const isInFile = declared.metadataFile !== undefined && read.field !== 'entityId';
    const [field = '', position] = isInFile ? ['metadata'] : read.field.split('/');
    const path = ['serviceProvider', field, ...(position === undefined ? [] : [Number(position)])];
    return { faults: [{ path, message: read.message }] };
  }
  const relyingParty = read?.relyingParty;
  const party = relyingParty ?? present?.relyingParty;
  const fault = party && findSignedRequestsFault({ relyingParty: party, settings });
  if (fault !== undefined) return { faults: [{ path: ['signedRequests'], message: fault }] };
  const warnings = (read?.warnings ?? []).map(({ message }) => ({
    path: ['serviceProvider'],
    message: `${message}.`,
  }));
  const isImported = serviceProvider?.from === 'metadata';
  return { prepared: { relyingParty, settings, isImported }, warnings };
}

export interface PasswordNeeds {
  readonly instance: Instance;
  readonly existing: ExistingDirectory;
  readonly principals: Principals;
  readonly sealer: Sealer;
  readonly resetPasswords: boolean;
  hashPassword(password: string, cost: number): Promise<string>;
}

/** More hashes would only wait in the thread pool, and delay the password checks of users who sign in. */
const PARALLEL_HASHES = Math.min(4, availableParallelism());

/**
 * The passwords to set: those of new users and, with `resetPasswords`, those whose declared password has changed. A
 * declared password is recognised by its HMAC, so that none is hashed twice.
 */
export async function preparePasswords(
  needs: PasswordNeeds,
  users: readonly DeclaredUser[],
): Promise<ReadonlyMap<UserId, StoredPassword>> {
  const { instance, existing, principals, sealer, resetPasswords, hashPassword } = needs;
  const prepared = new Map<UserId, StoredPassword>();
  const waiting = users.filter(({ userName }) => resetPasswords || !existing.users.has(nameKey(userName)));
  const prepareNext = async (): Promise<void> => {
    for (let user = waiting.shift(); user; user = waiting.shift()) {
      const { id } = principals.user(user.userName);
      const present = existing.passwords.get(id);
      const { password, passwordHash, declaredPasswordMac, mustChangePassword, passwordHistory } = user;
      const rules = {
        ...(mustChangePassword !== undefined && { mustChange: mustChangePassword }),
        ...(passwordHistory !== undefined && { earlier: passwordHistory }),
      };
      const isOther =
        passwordHash !== present?.hash ||
        (declaredPasswordMac !== undefined && declaredPasswordMac !== present?.declaredMac);
      if (passwordHash !== undefined && isOther) {
        prepared.set(id, { hash: passwordHash, declaredMac: declaredPasswordMac ?? null, ...rules });
      }
      if (password === undefined) continue;
      const declaredMac = declaredMacOf(sealer, id, password);
      if (declaredMac === present?.declaredMac) continue;
      const hash = await hashPassword(password, instance.settings.signIn.passwordHashCost);
      prepared.set(id, { hash, declaredMac, ...rules });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_HASHES }, prepareNext));
  return prepared;
}

export interface CertificateNeeds {
  readonly directoryId: DirectoryId;
  readonly existing: Existing;
  readonly pool: KeyPool;
  readonly cache: KeyCache | undefined;
  readonly ids: Ids;
  readonly at: Instant;
  /** No certificates are generated, since they would be thrown away. */
  readonly dryRun: boolean;
}

/** The certificate of a dry run, which is rolled back before it is used. */
const PLACEHOLDER_CERTIFICATE: NewCertificate = {
  ...{ certificatePem: '', privateKeyPem: '', keySize: 2048, algorithm: 'SHA-256' },
  ...{ notBeforeAt: 0, notAfterAt: 0 },
};

/** Generates certificates for applications that have none and for which the file declares none, by application key. */
export async function prepareCertificates(
  { directoryId, existing, dryRun, ...needs }: CertificateNeeds,
  file: OrganizationFile,
): Promise<ReadonlyMap<string, NewCertificate>> {
  const lacking = file.applications.filter(({ key, certificates }) => {
    if (certificates) return false;
    const application = existing.applications.get(key);
    return !application || !existing.certified.has(application.id);
  });
  if (dryRun) return new Map(lacking.map(({ key }) => [key, PLACEHOLDER_CERTIFICATE]));
  const made = lacking.map(async ({ key }) => {
    const certificate = await prepareCertificate({
      instance: { directoryId },
      applicationKey: key,
      ...needs,
    });
    return [key, certificate] as const;
  });
  return new Map(await Promise.all(made));
}
