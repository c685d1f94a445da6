import { z } from 'zod';
import {
  applicationChangeSchema,
  applicationInputSchema,
  defaultKey,
} from '../../../domain/applications/application-input.ts';
import { acsUrlsOf } from '../../../domain/applications/relying-party.ts';
import type { Application as StoredApplication } from '../../../domain/applications/application.ts';
import { deleteApplication } from '../../../domain/applications/commands.ts';
import { listApplications } from '../../../domain/applications/store.ts';
import { everyoneIn, type Principal } from '../../../domain/assignments/assignment.ts';
import { addAssignments, removeAssignments } from '../../../domain/assignments/commands.ts';
import { expiryOf } from '../../../domain/certificates/expiry.ts';
import { findActiveCertificate } from '../../../domain/certificates/store.ts';
import { addressesOf } from '../../../flows/idp/addresses.ts';
import { describeTrust } from '../../../flows/idp/metadata.ts';
import {
  applicationIdOf,
  nameIdSaltOf,
} from '../../../administration/organization-file/apply/derived-ids.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import {
  addApplication,
  assertKeyFree,
  changeApplication,
  findApplicationBy,
  planApplication,
} from '../../../administration/operations/applications.ts';
import { describeInstructions } from '../../../administration/operations/instructions.ts';
import { mappingPreviewSchema, previewMappings } from '../../../administration/operations/mapping-preview.ts';
import type { OpenedInstance } from '../../../administration/operations/open-organization.ts';
import { respond, responseInputSchema } from '../../../administration/operations/responses.ts';
import type { Work } from '../../../domain/audit/commands.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { encodePost } from '../../../protocols/saml/bindings/post.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { createCertificates } from './certificates.ts';
import { createExchanges } from './exchanges.ts';
import type { Application, Applications, Assignees } from '../types/applications.ts';
import { requireGroupBy } from './groups.ts';
import { readAllPages } from '../../../foundation/storage/paging.ts';
import type { HandleContext } from './context.ts';
import { groupReferenceSchema, userReferenceSchema } from './references.ts';
import { requireUserBy } from './users.ts';

const assigneesSchema = z.strictObject({
  users: z.array(userReferenceSchema).default([]),
  groups: z.array(groupReferenceSchema).default([]),
  everyone: z.literal(true).optional(),
});
const filterSchema = z.strictObject({
  search: z.string().max(200).optional(),
  enabled: z.boolean().optional(),
});
const changeSchema = applicationChangeSchema.extend({ version: z.int().optional() });

export function createApplications(context: HandleContext): Applications {
  const { needs, open, inMemory } = context;
  const { db } = needs;
  return {
    create: async (given) => {
      const opened = await open();
      const input = applicationInputSchema.parse(given);
      const { key = defaultKey(input.displayName) } = input;
      // Derived on in-memory servers, because a service provider may be configured with the EntityID, which
      // contains the id.
      const { directoryId } = opened.instance;
      const derived = inMemory
        ? { id: applicationIdOf(directoryId, key), nameIdSalt: nameIdSaltOf(directoryId, key) }
        : {};
      const { application } = await addApplication(needs, opened, { ...input, ...derived });
      return toHandle(context, opened, application);
    },
    preview: async (given) => {
      const opened = await open();
      const { state, warnings } = await planApplication(needs, opened, applicationInputSchema.parse(given));
      await assertKeyFree(db.read, opened.instance, state.key);
      const { startUrl, relayState, sessionDuration, subject, attributes, signing } = state.settings;
      return {
        ...{ key: state.key, displayName: state.displayName, startUrl, relayState, sessionDuration },
        serviceProvider: { entityId: state.relyingParty.entityId, acsUrls: acsUrlsOf(state.relyingParty) },
        ...{ subject: { ...subject }, attributes: attributes.map((each) => ({ ...each })) },
        ...{ signing: { ...signing }, warnings: warnings.map(({ message }) => message) },
      };
    },
    get: async (given) => {
      const opened = await open();
      const keyOrId = z.string().parse(given);
      const found = await findApplicationBy(db.read, opened.instance, keyOrId).catch(orUndefined);
      return found && toHandle(context, opened, found);
    },
    list: async (given = {}) => {
      const opened = await open();
      const { id } = opened.instance;
      const filter = filterSchema.parse(given);
      const all = await readAllPages((page) => listApplications(db.read, id, filter, page));
      return Promise.all(all.map((each) => toHandle(context, opened, each)));
    },
  };
}

function orUndefined(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'ResourceNotFoundException') return undefined;
  throw error;
}

async function toHandle(
  context: HandleContext,
  { instance, times }: OpenedInstance,
  stored: StoredApplication,
): Promise<Application> {
  const { needs, guard, open } = context;
  const { db, publicOrigin } = needs;
  const { id, key, displayName, description, enabled, relyingParty, settings, version } = stored;
  const { entityId, ssoUrl, metadataUrl } = addressesOf(publicOrigin, instance.directoryId, id);
  const active = await findActiveCertificate(db.read, instance.id, id);
  const change = async (body: (work: Work, opened: OpenedInstance) => Promise<void>) => {
    const opened = await open();
    await opened.run((work) => body(work, opened));
  };
  return guard<Application>({
    ...{ id, key, displayName, description, enabled, version },
    ...{ entityId, ssoUrl, metadataUrl },
    certificate: active?.certificatePem ?? '',
    certificateExpiry: active ? expiryOf(active.notAfterAt, times.policyAt) : 'expired',
    certificates: createCertificates(context, id),
    serviceProvider: { entityId: relyingParty.entityId, acsUrls: acsUrlsOf(relyingParty) },
    startUrl: settings.startUrl,
    relayState: settings.relayState,
    sessionDuration: settings.sessionDuration,
    subject: { ...settings.subject },
    attributes: settings.attributes.map((each) => ({ ...each })),
    signing: { ...settings.signing },
    template: settings.template && {
      name: settings.template.name,
      variables: { ...settings.template.variables },
    },
    metadataXml: async () => {
      const { instance: now } = await open();
      const application = await findApplicationBy(db.read, now, id);
      return describeTrust(db.read, publicOrigin, now, application);
    },
    instructions: async () => {
      const { steps, warnings, sources } = await describeInstructions(needs, await open(), id);
      return {
        steps: steps.map(({ text, values }) => ({
          text,
          values: values.map(({ label, value }) => ({ label, value })),
        })),
        ...{ warnings: warnings.map(({ message }) => message), sources },
      };
    },
    assign: (assignees) =>
      change(async (work, { instance: now }) => {
        await addAssignments(work, now, stored, await principalsOf(work.tx, now, assignees));
      }),
    unassign: (assignees) =>
      change(async (work, { instance: now }) => {
        const principals = await principalsOf(work.tx, now, assignees);
        const ids = principals.map((principal) => principal.id);
        await removeAssignments(work, now, stored, ids);
      }),
    respond: async (given) => {
      const opened = await open();
      const { user, ...rest } = z.looseObject({ user: userReferenceSchema }).parse(given);
      const { userName } = await requireUserBy(db.read, opened.instance, user);
      const input = responseInputSchema.parse({ ...rest, user: userName });
      const { xml, acsUrl, relayState, warnings } = await respond(needs, opened, id, input);
      return { acsUrl, samlResponse: encodePost(xml), relayState, xml, warnings };
    },
    previewMappings: async (given) => {
      const opened = await open();
      const { user, ...rest } = z.looseObject({ user: userReferenceSchema }).parse(given);
      const { userName } = await requireUserBy(db.read, opened.instance, user);
      const input = mappingPreviewSchema.parse({ ...rest, user: userName });
      const { subject, attributes, assertionXml = null } = await previewMappings(needs, opened, id, input);
      return {
        userName,
        subject: subject ? { value: subject.value, format: subject.format ?? null } : null,
        attributes: attributes.map(({ name, nameFormat = null, values }) => ({
          ...{ name, format: nameFormat, values },
        })),
        assertionXml,
      };
    },
    exchanges: createExchanges(context, id),
    update: async (given) => {
      const opened = await open();
      const { version: expected, ...input } = changeSchema.parse(given);
      const { application } = await changeApplication(needs, opened, id, input, expected);
      return toHandle(context, opened, application);
    },
    delete: () => change((work, { instance: now }) => deleteApplication(work, now, id)),
  });
}

async function principalsOf(queries: Queries, instance: Instance, given: Assignees): Promise<Principal[]> {
  const { users, groups, everyone } = assigneesSchema.parse(given);
  const principals = new Map<string, Principal>();
  const add = (principal: Principal) => principals.set(principal.id, principal);
  if (everyone) add(everyoneIn(instance.id));
  for (const group of groups) {
    const { id, displayName } = await requireGroupBy(queries, instance, group);
    add({ type: 'GROUP', id, name: displayName });
  }
  for (const user of users) {
    const { id, userName } = await requireUserBy(queries, instance, user);
    add({ type: 'USER', id, name: userName });
  }
  return [...principals.values()];
}
