import { CertificatePage } from '../../../../../views/console/applications/certificate.tsx';
import { CertificatesPage } from '../../../../../views/console/applications/certificates.tsx';
import { listRehearsals } from '../../../../domain/certificates/rehearsal-store.ts';
import { listCertificates } from '../../../../domain/certificates/store.ts';
import { whenOf } from '../../../../flows/visit/when.ts';
import type { Mount } from '../../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../../frame/console-visit.ts';
import { doneQuery, doneText } from '../../frame/fields.ts';
import { consolePage } from '../../frame/handlers.ts';
import { applicationHead, applicationOf, applicationParams } from '../application-tabs.ts';
import {
  certificateOf,
  certificateParams,
  CERTIFICATES,
  listHrefOf,
  shownCertificate,
  TAB,
} from './certificates-of-page.ts';

const DONE: Readonly<Record<string, string>> = {
  generated: 'The certificate was generated. It is inactive: nothing changes yet.',
  imported: 'The certificate was imported. It is inactive: nothing changes yet.',
  activated: 'The certificate is active: all responses are signed with it.',
  deleted: 'The certificate was deleted.',
  'rehearsals-ended': 'All rehearsals have ended.',
};

/** The certificates of an application, one of them, and its download (guide, “Manage AWS SSO certificates”). */
export function certificateRoutes(needs: ConsoleNeeds): Mount {
  const { db } = needs;
  return (router) => {
    router.get(
      CERTIFICATES,
      consolePage(needs, { params: applicationParams, query: doneQuery }, async (ctx, console, input) => {
        const application = await applicationOf(needs, console, input.params);
        const { instance, times, frame, visit } = console;
        const certificates = await listCertificates(db.read, instance.id, application.id);
        const all = await listRehearsals(db.read, instance.id, application.id, times.policyAt);
        const rehearsals = all.map(({ certificateId, taken, expiresAt }) => ({
          ...{ certificateId, running: taken, expiresAt: whenOf(expiresAt) },
        }));
        needs.show(ctx, visit, (page) => (
          <CertificatesPage
            {...{ page, frame, head: applicationHead(console, application, TAB), rehearsals }}
            certificates={certificates.map((each) => shownCertificate(each, times.policyAt))}
            done={doneText(DONE, input.query.done)}
          />
        ));
      }),
    );

    router.get(
      `${CERTIFICATES}/:certificate`,
      consolePage(needs, { params: certificateParams }, async (ctx, console, { params }) => {
        const { application, certificate } = await certificateOf(needs, console, params);
        const { frame, times } = console;
        needs.show(ctx, console.visit, (page) => (
          <CertificatePage
            {...{ page, frame, listHref: listHrefOf(console, application) }}
            certificate={shownCertificate(certificate, times.policyAt)}
          />
        ));
      }),
    );

    router.get(
      `${CERTIFICATES}/:certificate/pem`,
      consolePage(needs, { params: certificateParams }, async (ctx, console, { params }) => {
        const { application, certificate } = await certificateOf(needs, console, params);
        ctx.body = certificate.certificatePem;
        ctx.attachment(`${application.key}.pem`);
        ctx.type = 'application/x-pem-file';
      }),
    );
  };
}
