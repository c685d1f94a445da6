import { z } from 'zod';
import {
  exportOrganizationFile,
  formatOrganizationFile,
} from '../../../../administration/organization-file/export/export.ts';
import { applyFileText } from '../../../../administration/organization-file/apply/apply-text.ts';
import { MAX_LISTED } from '../../../../administration/organization-file/apply/plan.ts';
import { pointerOf } from '../../../../administration/organization-file/read/file-pointer.ts';
import { asOperator, openOrganization, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import { flag, organizationParams } from '../../contract/schemas.ts';

const YAML = ['application/yaml', 'text/yaml', 'application/x-yaml', 'text/x-yaml'];

const count = z.strictObject({
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  removed: z.int(),
});

const appliedView = z
  .strictObject({
    dryRun: z.boolean(),
    counts: z.record(z.string(), count).describe('By kind of record: users, groups, applications, …'),
    changes: z
      .array(z.strictObject({ kind: z.string(), name: z.string(), outcome: z.enum(['created', 'updated']) }))
      .describe(`The first ${MAX_LISTED} records that are created or updated.`),
    removals: z.array(z.strictObject({ kind: z.string(), name: z.string() })).describe('What prune removes.'),
    warnings: z.array(
      z.strictObject({ pointer: z.string(), detail: z.string(), line: z.int(), column: z.int() }),
    ),
  })
  .meta({ id: 'AppliedFile' });

/** The operations that export and apply organization files. */
export function fileRoutes(needs: ControlNeeds): Route[] {
  const { db, sealer } = needs;
  return [
    route({
      id: 'exportFile',
      method: 'GET',
      path: '/organizations/:organization/file',
      summary: 'Exports an organization as an organization file.',
      params: organizationParams,
      query: z.strictObject({
        secrets: flag.describe('true: includes password hashes and private keys.'),
      }),
      status: 200,
      produces: 'application/yaml',
      returns: z.string(),
      async respond(caller, { params, query }) {
        const { organization } = await openOrganization(needs, caller, params.organization);
        const options = { organization: organization.id, secrets: query.secrets };
        return formatOrganizationFile(await exportOrganizationFile({ db, sealer }, options));
      },
    }),
    route({
      id: 'applyFile',
      method: 'PUT',
      path: '/organizations/:organization/file',
      summary:
        'Applies an organization file: adds and changes what it declares, all or nothing. It can’t refer to files on the server.',
      params: organizationParams,
      query: z.strictObject({
        prune: flag.describe('true: removes what the file doesn’t declare.'),
        resetPasswords: flag.describe('true: also sets the declared passwords of existing users.'),
        dryRun: flag.describe('true: returns what would be done, and changes nothing.'),
      }),
      text: { types: YAML, limit: '1mb' },
      example: EXAMPLE,
      status: 200,
      returns: appliedView,
      async respond(caller, { params, query, text }) {
        const { organization } = await openOrganization(needs, caller, params.organization);
        const options = { ...query, organization: organization.id, origin: asOperator(caller) };
        const applied = await applyFileText(needs.applyOrganizationFile, text, options);
        return {
          dryRun: query.dryRun,
          counts: { ...applied.counts },
          changes: applied.changes.map(({ kind, name, outcome }) => ({ kind, name, outcome })),
          removals: applied.removals.map(({ kind, name }) => ({ kind, name })),
          warnings: applied.warnings.map(({ line, column, path, message }) => ({
            ...{ pointer: pointerOf(path), detail: message, line, column },
          })),
        };
      },
    }),
  ];
}

const EXAMPLE = `version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {region: us-east-1}
groups:
  - {displayName: Engineering, description: Builds things}
`;
