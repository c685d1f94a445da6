import { z } from 'zod';
import { counted } from '../../../../../views/words.ts';
import {
  exportOrganizationFile,
  formatOrganizationFile,
} from '../../../../administration/organization-file/export/export.ts';
import type { FileFault } from '../../../../administration/organization-file/read/fault.ts';
import { readOrganizationFile } from '../../../../administration/organization-file/read/read.ts';
import { AppError, type FieldFault } from '../../../../foundation/platform/errors.ts';
import { asOperator, openOrganization, type ControlNeeds } from '../../contract/api.ts';
import { pointerOf } from './file-pointer.ts';
import { route, type Route } from '../../contract/route.ts';
import { flag, organizationParams } from '../../contract/schemas.ts';

const YAML = ['application/yaml', 'text/yaml', 'application/x-yaml', 'text/x-yaml'];
const MAX_FAULTS = 100;
/** About 300 KiB, or two thousand users: composing such a file blocks the main thread for half a second. */
const MAX_LEXEMES = 100_000;

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
        // Without a folder, the text can't make the server read its own files.
        const source = { text, name: 'the request body', folder: undefined, maxLexemes: MAX_LEXEMES };
        const read = await readOrganizationFile(source);
        if (!read.ok) throw refused(read.faults, read.more);
        const options = { ...query, organization: organization.id, origin: asOperator(caller) };
        const applied = await needs.applyOrganizationFile(read.file, options);
        if (!applied.ok) throw refused(applied.faults);
        return {
          dryRun: query.dryRun,
          counts: { ...applied.counts },
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

function refused(faults: readonly FileFault[], hiddenCount = 0): AppError {
  const fields: FieldFault[] = faults.slice(0, MAX_FAULTS).map(({ line, column, path, message }) => ({
    ...{ field: pointerOf(path), message },
    ...(line > 0 && { line, column }),
  }));
  const count = faults.length + hiddenCount;
  const shown = count > fields.length ? ` Only the first ${fields.length} are listed.` : '';
  return new AppError(
    'ValidationException',
    `The file has ${counted(count, 'mistake')}: nothing was applied.${shown}`,
    {
      fields,
    },
  );
}
