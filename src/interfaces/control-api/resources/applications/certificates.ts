import { z } from 'zod';
import {
  activationSchema,
  certificateInputSchema,
} from '../../../../domain/certificates/certificate-input.ts';
import type { Certificate } from '../../../../domain/certificates/certificate.ts';
import { activateCertificate, deleteCertificate } from '../../../../domain/certificates/commands.ts';
import { listCertificates } from '../../../../domain/certificates/store.ts';
import type { Caller } from '../../../../foundation/http/caller.ts';
import { findApplicationBy } from '../../../../administration/operations/applications.ts';
import { addCertificateTo } from '../../../../administration/operations/certificates.ts';
import type { Instant } from '../../../../foundation/platform/clock.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { type CertificateId, asId } from '../../../../foundation/platform/ids.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { applicationParams } from './application-view.ts';
import { certificateView, presentCertificate } from './certificate-view.ts';
import { route, type Route } from '../../contract/route.ts';
import { listOf, reference } from '../../contract/schemas.ts';

const CERTIFICATES = '/organizations/:organization/applications/:application/certificates';

// Only compared with stored ids.
const certificateId = reference.describe('The certificate’s id.').transform(asId<CertificateId>);
const certificateParams = applicationParams.extend({ certificate: certificateId });

/** The operations on an application's certificates (guide, "Rotate an AWS SSO certificate"). */
export function certificateRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  const read = async (caller: Caller, params: z.output<typeof applicationParams>) => {
    const { instance, times } = await openInstance(needs, caller, params.organization);
    const { id } = await findApplicationBy(db.read, instance, params.application);
    return { certificates: await listCertificates(db.read, instance.id, id), at: times.policyAt };
  };
  const readOne = async (
    caller: Caller,
    params: z.output<typeof certificateParams>,
  ): Promise<{ certificate: Certificate; at: Instant }> => {
    const { certificates, at } = await read(caller, params);
    const certificate = certificates.find(({ id }) => id === params.certificate);
    if (!certificate) throw notFound('The certificate');
    return { certificate, at };
  };
  return [
    route({
      id: 'listCertificates',
      method: 'GET',
      path: CERTIFICATES,
      summary: 'Lists the certificates of an application, at most two; the active one is first.',
      params: applicationParams,
      status: 200,
      returns: listOf(certificateView),
      async respond(caller, { params }) {
        const { certificates, at } = await read(caller, params);
        return { items: certificates.map((each) => presentCertificate(each, at)), cursor: null };
      },
    }),
    route({
      id: 'createCertificate',
      method: 'POST',
      path: CERTIFICATES,
      summary:
        'Generates a certificate, or imports one with its key. It is inactive at first; an application has at most two.',
      params: applicationParams,
      json: certificateInputSchema,
      example: { validityMonths: 36, keySize: 2048, algorithm: 'SHA-256' },
      status: 201,
      returns: certificateView,
      async respond(caller, { params, json }) {
        const opened = await openInstance(needs, caller, params.organization);
        const made = await addCertificateTo(needs, opened, params.application, json);
        return presentCertificate(made, opened.times.policyAt);
      },
    }),
    route({
      id: 'getCertificate',
      method: 'GET',
      path: `${CERTIFICATES}/:certificate`,
      summary: 'Shows a certificate.',
      params: certificateParams,
      status: 200,
      returns: certificateView,
      async respond(caller, { params }) {
        const { certificate, at } = await readOne(caller, params);
        return presentCertificate(certificate, at);
      },
    }),
    route({
      id: 'downloadCertificate',
      method: 'GET',
      path: `${CERTIFICATES}/:certificate/pem`,
      summary: 'Downloads a certificate, for the service provider.',
      params: certificateParams,
      status: 200,
      produces: 'application/x-pem-file',
      returns: z.string(),
      async respond(caller, { params }) {
        return (await readOne(caller, params)).certificate.certificatePem;
      },
    }),
    route({
      id: 'activateCertificate',
      method: 'POST',
      path: `${CERTIFICATES}/:certificate/activate`,
      summary: 'Sets a certificate as active: all servers sign responses with it at once.',
      params: certificateParams,
      json: activationSchema,
      example: { acknowledged: true },
      status: 200,
      returns: certificateView,
      async respond(caller, { params }) {
        const { instance, times, run } = await openInstance(needs, caller, params.organization);
        const activated = await run(async (work) => {
          const { id } = await findApplicationBy(work.tx, instance, params.application);
          return activateCertificate(work, instance, id, params.certificate);
        });
        return presentCertificate(activated, times.policyAt);
      },
    }),
    route({
      id: 'deleteCertificate',
      method: 'DELETE',
      path: `${CERTIFICATES}/:certificate`,
      summary: 'Deletes an inactive certificate with its key.',
      params: certificateParams,
      refuses: { 409: 'The certificate is the active one.' },
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run(async (work) => {
          const { id } = await findApplicationBy(work.tx, instance, params.application);
          await deleteCertificate(work, instance, id, params.certificate);
        });
      },
    }),
  ];
}
