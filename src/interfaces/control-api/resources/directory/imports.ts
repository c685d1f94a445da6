import { z } from 'zod';
import { callerOf } from '../../../../foundation/http/caller.ts';
import { withCheckedInput } from '../../../../foundation/http/checked-input.ts';
import type { BulkImport } from '../../../../administration/bulk-import/bulk-import.ts';
import { importUsers } from '../../../../administration/bulk-import/import-users.ts';
import type { BulkImportNeeds } from '../../../../administration/bulk-import/start-bulk-import.ts';
import { stopBulkImport } from '../../../../administration/bulk-import/stop-bulk-import.ts';
import {
  assertNoImportRuns,
  findBulkImport,
  listBulkImports,
} from '../../../../administration/bulk-import/store.ts';
import { groupSchema, userSchema } from '../../../../administration/organization-file/read/schema.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { type ImportId, asId } from '../../../../foundation/platform/ids.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { readImportBody } from './import-body.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant, listOf, organizationParams, pageQuery, reference } from '../../contract/schemas.ts';

const importView = z.strictObject({
  id: z.string(),
  status: z
    .enum(['running', 'done', 'failed', 'stopped', 'interrupted'])
    .describe('To continue a stopped or interrupted import, send it again: it adds what is missing.'),
  total: z.int().describe('How many groups and users were sent.'),
  done: z.int().describe('How many of them are committed.'),
  faults: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })),
  startedBy: z
    .union([z.strictObject({ user: z.string() }), z.strictObject({ operator: z.string() })])
    .nullable()
    .describe(
      'The administrator’s user name, or the way that an operator took, such as `control-api`. Null for imports of earlier versions.',
    ),
  createdAt: instant,
  finishedAt: instant.nullable(),
});

/** The body as JSON. As NDJSON, each line holds one item: `{"group": {…}}` or `{"user": {…}}`. */
const importInput = z.strictObject({
  groups: z.array(groupSchema).default([]),
  users: z.array(userSchema).default([]),
});

const importParams = organizationParams.extend({
  import: reference.describe('The import’s id.').transform(asId<ImportId>),
});

/** The operations on imports of large numbers of users and groups. */
export function importRoutes(needs: ControlNeeds): Route[] {
  const { db, clock } = needs;
  return [
    {
      id: 'startImport',
      method: 'POST',
      path: '/organizations/:organization/imports',
      summary:
        'Checks users and groups (JSON, application/x-ndjson up to 64 MiB, or text/csv with users), then imports them in the background.',
      params: organizationParams,
      json: importInput,
      accepts: ['application/x-ndjson', 'text/csv'],
      example: { groups: [{ displayName: 'Support' }], users: [] },
      status: 202,
      returns: importView,
      // Declared without `route`, since the body is too large to parse in one go.
      handle: withCheckedInput({ params: organizationParams }, async (ctx, { params }) => {
        const { instance, context } = await openInstance(needs, callerOf(ctx), params.organization);
        await assertNoImportRuns(db.read, clock, instance.id);
        const sent = await readImportBody(ctx);
        const { log, requestId } = ctx.state;
        const onFailure: BulkImportNeeds['onFailure'] = (importId, err) => {
          log.error({ requestId, importId, err }, 'an import failed');
        };
        const begun = await importUsers({ ...needs, onFailure }, instance, context, sent);
        ctx.status = 202;
        ctx.body = presentImport(begun.import);
      }),
    },
    route({
      id: 'listImports',
      method: 'GET',
      path: '/organizations/:organization/imports',
      summary: 'Lists the latest hundred imports, newest first.',
      params: organizationParams,
      query: pageQuery,
      status: 200,
      returns: listOf(importView),
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const { items, cursor } = await listBulkImports(db.read, clock, instance.id, query);
        return { items: items.map(presentImport), cursor };
      },
    }),
    route({
      id: 'getImport',
      method: 'GET',
      path: '/organizations/:organization/imports/:import',
      summary: 'Shows an import: whether it is still running, and its progress.',
      params: importParams,
      status: 200,
      returns: importView,
      async respond(caller, { params }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const found = await findBulkImport(db.read, clock, instance.id, params.import);
        if (!found) throw notFound('The import');
        return presentImport(found);
      },
    }),
    route({
      id: 'stopImport',
      method: 'POST',
      path: '/organizations/:organization/imports/:import/stop',
      summary: 'Stops a running import: what is committed stays.',
      params: importParams,
      status: 200,
      returns: importView,
      async respond(caller, { params }) {
        const { instance, context } = await openInstance(needs, caller, params.organization);
        return presentImport(await stopBulkImport(needs, instance, context, params.import));
      },
    }),
  ];
}

function presentImport({
  faults,
  startedBy,
  createdAt,
  finishedAt,
  ...rest
}: BulkImport): z.output<typeof importView> {
  return {
    ...{ ...rest, startedBy: startedBy ?? null },
    faults: faults.map(({ field, message }) => ({ pointer: field, detail: message })),
    createdAt: toIso(createdAt),
    finishedAt: finishedAt === null ? null : toIso(finishedAt),
  };
}
