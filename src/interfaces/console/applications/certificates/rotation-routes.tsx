import { z } from 'zod';
import {
  ActivatePage,
  DeleteCertificatePage,
} from '../../../../../views/console/applications/certificate-forms.tsx';
import { RehearsalStartedPage } from '../../../../../views/console/applications/certificate.tsx';
import { rehearse } from '../../../../administration/operations/certificates.ts';
import { activateCertificate, deleteCertificate } from '../../../../domain/certificates/commands.ts';
import { cancelRehearsals } from '../../../../domain/certificates/rehearsal-commands.ts';
import { whenOf } from '../../../../flows/visit/when.ts';
import type { Ctx, Mount } from '../../../../foundation/http/context.ts';
import { csrfField } from '../../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../../frame/console-visit.ts';
import { faultsOf, type FormFaults } from '../../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../../frame/handlers.ts';
import { applicationOf, applicationParams } from '../application-tabs.ts';
import {
  certificateOf,
  certificateParams,
  CERTIFICATES,
  donePath,
  listHrefOf,
} from './certificates-of-page.ts';

const buttonForm = z.object({ csrf: csrfField });
const activateForm = buttonForm.extend({ acknowledged: z.string().optional() });

const NOT_ACKNOWLEDGED = 'Check the box to say that you understand this.';

type Found = Awaited<ReturnType<typeof certificateOf>>;
type ActPage = typeof ActivatePage;

/** The later steps of a rotation, and rehearsals (guide, “Rotate an AWS SSO certificate”). */
export function rotationRoutes(needs: ConsoleNeeds): Mount {
  const params = certificateParams;
  const asks = (Page: ActPage) =>
    consolePage(needs, { params, isForm: true }, async (ctx, console, input) => {
      ask(needs, ctx, console, { Page, ...(await certificateOf(needs, console, input.params)) });
    });
  return (router) => {
    router.get(`${CERTIFICATES}/:certificate/activate`, asks(ActivatePage));
    router.get(`${CERTIFICATES}/:certificate/delete`, asks(DeleteCertificatePage));

    router.post(
      `${CERTIFICATES}/:certificate/activate`,
      consoleForm(needs, { params, form: activateForm }, async (ctx, console, input) => {
        const found = await certificateOf(needs, console, input.params);
        if (input.form.acknowledged !== 'yes') {
          const errors = { acknowledged: NOT_ACKNOWLEDGED };
          const faults = { status: 400, errors, error: undefined, presentVersion: undefined };
          ask(needs, ctx, console, { Page: ActivatePage, ...found, faults });
          return;
        }
        const { application, certificate } = found;
        await console.run((work) =>
          activateCertificate(work, console.instance, application.id, certificate.id),
        );
        goTo(ctx, console, donePath(application, 'activated'));
      }),
    );

    router.post(
      `${CERTIFICATES}/:certificate/delete`,
      consoleForm(needs, { params, form: buttonForm }, async (ctx, console, input) => {
        const found = await certificateOf(needs, console, input.params);
        const { application, certificate } = found;
        try {
          await console.run((work) =>
            deleteCertificate(work, console.instance, application.id, certificate.id),
          );
        } catch (error) {
          ask(needs, ctx, console, { Page: DeleteCertificatePage, ...found, faults: faultsOf(error, []) });
          return;
        }
        goTo(ctx, console, donePath(application, 'deleted'));
      }),
    );

    router.post(
      `${CERTIFICATES}/:certificate/rehearse`,
      consoleForm(needs, { params, form: buttonForm }, async (ctx, console, input) => {
        const { application, certificate } = await certificateOf(needs, console, input.params);
        const { url, expiresAt } = await rehearse(needs, console, application.id, certificate.id);
        const listHref = listHrefOf(console, application);
        needs.show(ctx, console.visit, (page) => (
          <RehearsalStartedPage
            {...{ page, frame: console.frame, listHref, url, expiresAt: whenOf(expiresAt) }}
          />
        ));
      }),
    );

    router.post(
      `${CERTIFICATES}/rehearsals/end`,
      consoleForm(needs, { params: applicationParams, form: buttonForm }, async (ctx, console, input) => {
        const application = await applicationOf(needs, console, input.params);
        await console.run((work) => cancelRehearsals(work, console.instance, application.id));
        goTo(ctx, console, donePath(application, 'rehearsals-ended'));
      }),
    );
  };
}

/** Shows the page that asks before something is done to a certificate. */
function ask(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  { Page, application, certificate, faults }: Found & { Page: ActPage; faults?: FormFaults },
): void {
  if (faults) ctx.status = faults.status;
  const { frame, visit } = console;
  const about = {
    listHref: listHrefOf(console, application),
    certificate: { id: certificate.id, createdAt: whenOf(certificate.createdAt) },
  };
  needs.show(ctx, visit, (page) => (
    <Page {...{ page, frame, ...about, errors: faults?.errors ?? {}, error: faults?.error }} />
  ));
}
