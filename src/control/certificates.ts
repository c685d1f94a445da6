import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Certificate } from '../certificates/certificate.ts';
import { listCertificates } from '../certificates/store.ts';
import type { Caller } from '../http/caller.ts';
import { findApplicationBy } from '../operator/applications.ts';
import { toIso, type Instant } from '../platform/clock.ts';
import { notFound } from '../platform/errors.ts';
import { openInstance, type ControlNeeds } from './api.ts';
import { applicationParams } from './application-view.ts';
import { route, type Route } from './route.ts';
import { instant, listOf, reference } from './schemas.ts';

const certificateView = z
  .strictObject({
    id: z.string(),
    status: z
      .enum(['ACTIVE', 'INACTIVE', 'EXPIRED'])
      .describe('Responses are signed with the active one; an expired one signs no more.'),
    certificatePem: z.string(),
    algorithm: z.enum(['SHA-256', 'SHA-1']),
    keySize: z.int(),
    sha1Fingerprint: z.string(),
    sha256Fingerprint: z.string(),
    notBefore: instant,
    notAfter: instant,
    createdAt: instant,
  })
  .meta({ id: 'Certificate' });

/** What anybody may see of a certificate: its private key isn't even read. `at`: policy time. */
function present(certificate: Certificate, at: Instant): z.output<typeof certificateView> {
  const { id, active, certificatePem, algorithm, keySize, notBeforeAt, notAfterAt, createdAt } = certificate;
  const x509 = new X509Certificate(certificatePem);
  return {
    ...{ id, certificatePem, algorithm, keySize },
    status: at >= notAfterAt ? 'EXPIRED' : active ? 'ACTIVE' : 'INACTIVE',
    sha1Fingerprint: x509.fingerprint,
    sha256Fingerprint: x509.fingerprint256,
    notBefore: toIso(notBeforeAt),
    notAfter: toIso(notAfterAt),
    createdAt: toIso(createdAt),
  };
}

const certificateParams = applicationParams.extend({ certificate: reference });

/** The certificates that an application's responses are signed with. */
export function certificateRoutes(needs: ControlNeeds): Route[] {
  const read = async (caller: Caller, params: z.output<typeof applicationParams>) => {
    const { instance, times } = await openInstance(needs, caller, params.organization);
    const { id } = await findApplicationBy(needs.db.read, instance, params.application);
    const certificates = await listCertificates(needs.db.read, instance.id, id);
    return certificates.map((each) => present(each, times.policyAt));
  };
  return [
    route({
      id: 'listCertificates',
      method: 'GET',
      path: '/organizations/:organization/applications/:application/certificates',
      summary: 'Lists the certificates of an application, the active one first; there are two at the most.',
      params: applicationParams,
      status: 200,
      returns: listOf(certificateView),
      async respond(caller, { params }) {
        return { items: await read(caller, params), cursor: null };
      },
    }),
    route({
      id: 'getCertificate',
      method: 'GET',
      path: '/organizations/:organization/applications/:application/certificates/:certificate',
      summary: 'Shows a certificate.',
      params: certificateParams,
      status: 200,
      returns: certificateView,
      async respond(caller, { params }) {
        const found = (await read(caller, params)).find(({ id }) => id === params.certificate);
        if (!found) throw notFound('The certificate');
        return found;
      },
    }),
  ];
}
