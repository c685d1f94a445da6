import {
  defaultKey,
  NO_SERVICE_PROVIDER,
  settingsOf,
  type ApplicationChangeInput,
  type ApplicationInput,
} from '../../domain/applications/application-input.ts';
import type { Application } from '../../domain/applications/application.ts';
import { loadCatalogue } from '../../domain/applications/catalogue/catalogue.ts';
import { useTemplate } from '../../domain/applications/catalogue/use-template.ts';
import {
  createApplication,
  keyTaken,
  updateApplication,
  type NewApplication,
} from '../../domain/applications/commands.ts';
import { toRelyingParty } from '../../domain/applications/relying-party.ts';
import type { ServiceProviderInput } from '../../domain/applications/service-provider-input.ts';
import { findApplication, findApplicationByKey } from '../../domain/applications/store.ts';
import { addCertificate } from '../../domain/certificates/commands.ts';
import { prepareCertificate } from '../../domain/certificates/prepare.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { invalid, invalidFields, notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';
import { jsonPointer } from '../../foundation/platform/json-pointer.ts';

/** The result of a change; its warnings are about the metadata in the input. */
export interface WrittenApplication {
  readonly application: Application;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

/** The application with this id or key; a key never looks like an id. Throws ResourceNotFoundException. */
export async function findApplicationBy(
  queries: Queries,
  instance: Instance,
  idOrKey: string,
): Promise<Application> {
  const found = idOrKey.startsWith('ins-')
    ? await findApplication(queries, instance.id, idOrKey as ApplicationId) // only compared with stored ids
    : await findApplicationByKey(queries, instance.id, idOrKey);
  if (!found) throw notFound(`An application “${idOrKey}”`);
  return found;
}

/** What an input would make, before it is added. */
export interface PlannedApplication {
  readonly state: Omit<NewApplication, 'id' | 'nameIdSalt'>;
  readonly warnings: WrittenApplication['warnings'];
}

/**
 * What an application of this input would be: the template and the metadata are read, and nothing is stored. Throws
 * ValidationException for metadata or a template that can’t be used.
 */
export async function planApplication(
  needs: OperationNeeds,
  opened: OpenedInstance,
  input: ApplicationInput,
): Promise<PlannedApplication> {
  const { displayName, description = '', enabled = true, key = defaultKey(displayName) } = input;
  const { base, serviceProvider } = await useTemplateOrThrow(input);
  // Unreachable: `useTemplate` refuses a new application without a service provider.
  if (!serviceProvider) throw invalid('/serviceProvider', NO_SERVICE_PROVIDER.error);
  const { relyingParty, warnings } = await readServiceProvider(needs, opened, serviceProvider);
  const settings = settingsOf({ ...input, serviceProvider }, base);
  const isImported = serviceProvider.from === 'metadata';
  return { state: { key, displayName, description, enabled, relyingParty, settings, isImported }, warnings };
}

/**
 * Adds an application with a new certificate, under the given id or a new one. Throws ValidationException for
 * metadata or a template that can’t be used, and ConflictException as `createApplication` does.
 */
export async function addApplication(
  needs: OperationNeeds,
  opened: OpenedInstance,
  input: ApplicationInput & Pick<NewApplication, 'id' | 'nameIdSalt'>,
): Promise<WrittenApplication> {
  const { instance, times, run } = opened;
  const { ids, sealer, keyPool: pool, keyCache: cache } = needs;
  const { state, warnings } = await planApplication(needs, opened, input);
  // Before the transaction, since it takes time.
  const certificate = await prepareCertificate({
    ...{ instance, applicationKey: state.key, pool, cache, ids },
    at: times.policyAt,
  });
  const { id, nameIdSalt } = input;
  const application = await run(async (work) => {
    const made = await createApplication(work, ids, instance, { ...state, id, nameIdSalt });
    await addCertificate(work, { ids, sealer }, instance, made.id, { ...certificate, active: true });
    return made;
  });
  return { application, warnings };
}

/** Refuses an input whose key is taken, as adding it would. Throws ConflictException that names the key. */
export async function assertKeyFree(queries: Queries, { id }: Instance, key: string): Promise<void> {
  if (await findApplicationByKey(queries, id, key)) throw keyTaken(key);
}

/**
 * Changes the given fields of an application. Throws ResourceNotFoundException when there is no such
 * application, ConflictException when it isn't at `version`, and ValidationException for metadata or a
 * template that can’t be used.
 */
export async function changeApplication(
  needs: OperationNeeds,
  opened: OpenedInstance,
  idOrKey: string,
  change: ApplicationChangeInput,
  version?: number,
): Promise<WrittenApplication> {
  const { displayName, description, enabled, serviceProvider } = change;
  const read = serviceProvider && (await readServiceProvider(needs, opened, serviceProvider));
  // Reads from the disk, so it comes before the transaction.
  if (change.template) await loadCatalogue();
  const application = await opened.run(async (work) => {
    const before = await findApplicationBy(work.tx, opened.instance, idOrKey);
    const used = await useTemplateOrThrow(change, before);
    const { relyingParty } =
      read ?? (used.serviceProvider ? await readServiceProvider(needs, opened, used.serviceProvider) : {});
    const state = {
      ...{ displayName, description, enabled, relyingParty },
      settings: settingsOf({ ...change, serviceProvider: used.serviceProvider }, used.base),
      isImported: serviceProvider?.from === 'metadata',
    };
    // The new settings were merged with those of `before`, so without a given version, the application must
    // still be at that one.
    return updateApplication(work, opened.instance, before.id, state, version ?? before.version);
  });
  return { application, warnings: read?.warnings ?? [] };
}

/** Like `useTemplate`, but throws ValidationException for a template that can’t be used with these values. */
async function useTemplateOrThrow(input: Parameters<typeof useTemplate>[0], before?: Application) {
  const used = await useTemplate(input, before);
  if (used.ok) return used;
  const fields = used.faults.map(({ path, message }) => ({ field: jsonPointer(path), message }));
  throw invalidFields(fields);
}

/**
 * The service provider that an input describes, and warnings about its metadata. Throws ValidationException for one that
 * can’t be used.
 */
export async function readServiceProvider(
  { publicOrigin, resolveSample }: OperationNeeds,
  { instance, times }: OpenedInstance,
  input: ServiceProviderInput,
) {
  const { directoryId } = instance;
  const result = await toRelyingParty(
    {
      resolveSample: (name) => resolveSample(name, { publicOrigin, directoryId }),
      now: times.wireAt,
      maxCertificateBytes: instance.settings.quotas.serviceProviderCertificateBytes,
    },
    input,
  );
  if (!result.ok) {
    throw invalidFields([{ field: `/serviceProvider/${result.field}`, message: result.message }]);
  }
  const warnings = result.warnings.map(({ code, message }) => ({ code, message }));
  return { relyingParty: result.relyingParty, warnings };
}
