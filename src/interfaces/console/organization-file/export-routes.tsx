import { z } from 'zod';
import { OrganizationFilePage } from '../../../../views/console/organization-file/overview.tsx';
import { ExportSecretsPage } from '../../../../views/console/organization-file/secrets.tsx';
import {
  exportOrganizationFile,
  formatOrganizationFile,
} from '../../../administration/organization-file/export/export.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { consoleForm, consolePage } from '../frame/handlers.ts';
import { doneText } from '../frame/fields.ts';

const path = '/:instance/console/organization-file';
const query = z.object({ done: z.string().max(50).optional() });

const DONE: Readonly<Record<string, string>> = { applied: 'The organization file was applied.' };

/** The page of the organization file, and its download. */
export function exportFileRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { query }, (ctx, { visit, frame }, { query: { done } }) => {
        needs.show(ctx, visit, (page) => (
          <OrganizationFilePage {...{ page, frame }} done={doneText(DONE, done)} />
        ));
      }),
    );

    router.get(
      `${path}/export`,
      consolePage(needs, {}, (ctx, console) => download(needs, ctx, console, false)),
    );

    router.get(
      `${path}/export-secrets`,
      consolePage(needs, { isForm: true }, (ctx, { visit, frame }) => {
        needs.show(ctx, visit, (page) => <ExportSecretsPage {...{ page, frame }} />);
      }),
    );

    // By POST, so that no link of another site, and no administrator who may only read, gets secrets.
    router.post(
      `${path}/export-secrets`,
      consoleForm(needs, { form: z.object({ csrf: csrfField }) }, (ctx, console) =>
        download(needs, ctx, console, true),
      ),
    );
  };
}

async function download(
  { db, sealer }: ConsoleNeeds,
  ctx: Ctx,
  { organization }: ConsoleVisit,
  secrets: boolean,
): Promise<void> {
  const document = await exportOrganizationFile({ db, sealer }, { organization: organization.id, secrets });
  ctx.type = 'application/yaml';
  ctx.set('Content-Disposition', 'attachment; filename="organization.yaml"');
  ctx.body = await formatOrganizationFile(document);
}
