import { z } from 'zod';
import { LogoPage } from '../../../../views/console/settings/logo.tsx';
import { changeLogo } from '../../../administration/operations/settings.ts';
import { readLogo } from '../../../domain/organizations/branding/logo.ts';
import { logoPath } from '../../../flows/visit/look.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { invalid } from '../../../foundation/platform/errors.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, type FormFaults } from '../frame/faults.ts';
import { versionField } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';

const path = '/:instance/console/settings/logo';
const logoForm = z.object({ csrf: csrfField, version: versionField });
/** Above the limit of a logo, so that the page can say what is wrong with one that is too large. */
const MAX_FORM_OCTETS = 4 * 1024 * 1024;

/** The picture on the portal and the sign-in pages. */
export function logoRoutes(needs: ConsoleNeeds): Mount {
  const change = async (ctx: Ctx, console: ConsoleVisit, done: string, act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      show(needs, ctx, console, faultsOf(error, ['logo']));
      return;
    }
    goTo(ctx, console, `/settings?done=${done}`);
  };
  return (router) => {
    router.get(
      path,
      consolePage(needs, {}, (ctx, console) => show(needs, ctx, console)),
    );

    router.post(
      path,
      consoleForm(
        needs,
        { form: logoForm, file: { field: 'logo', maxOctets: MAX_FORM_OCTETS } },
        (ctx, console, { form, file }) =>
          change(ctx, console, 'logo', () => changeLogo(console, logoIn(file), form.version)),
      ),
    );

    router.post(
      `${path}/remove`,
      consoleForm(needs, { form: logoForm }, (ctx, console, { form }) =>
        change(ctx, console, 'logo-removed', () => changeLogo(console, null, form.version)),
      ),
    );
  };
}

function logoIn(file: Buffer | undefined) {
  if (!file) throw invalid('/logo', 'Choose a file.');
  const read = readLogo(file);
  if (!read.ok) throw invalid('/logo', `The file ${read.reason}.`);
  return read.logo;
}

function show(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame, instance }: ConsoleVisit,
  faults?: FormFaults,
): void {
  if (faults) ctx.status = faults.status;
  const { logo } = instance;
  needs.show(ctx, visit, (page) => (
    <LogoPage
      {...{ page, frame, version: faults?.presentVersion ?? instance.version }}
      logo={logo && { src: logoPath(visit.reference, logo), width: logo.width, height: logo.height }}
      errors={faults?.errors ?? {}}
      error={faults?.error}
    />
  ));
}
