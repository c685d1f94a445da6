import { activationSchema, certificateInputSchema } from '../../../domain/certificates/certificate-input.ts';
import type { Certificate as StoredCertificate } from '../../../domain/certificates/certificate.ts';
import { certificateWarnings, expiryOf } from '../../../domain/certificates/expiry.ts';
import { cancelRehearsals } from '../../../domain/certificates/rehearsal-commands.ts';
import { activateCertificate, deleteCertificate } from '../../../domain/certificates/commands.ts';
import { listCertificates } from '../../../domain/certificates/store.ts';
import { addCertificateTo, rehearse } from '../../../administration/operations/certificates.ts';
import { toIso, type Instant } from '../../../foundation/platform/clock.ts';
import type { ApplicationId, CertificateId } from '../../../foundation/platform/ids.ts';
import type { Certificate, CertificateReference, Certificates } from '../types/certificates.ts';
import type { HandleContext } from './context.ts';

export function createCertificates(context: HandleContext, id: ApplicationId): Certificates {
  const { needs, call, open } = context;
  const add = (given: object) =>
    call(async () => {
      const opened = await open();
      const input = certificateInputSchema.parse(given);
      return present(await addCertificateTo(needs, opened, id, input), opened.times.policyAt);
    });
  return {
    list: () =>
      call(async () => {
        const { instance, times } = await open();
        const all = await listCertificates(needs.db.read, instance.id, id);
        return all.map((each) => present(each, times.policyAt));
      }),
    generate: (options = {}) => add(options),
    import: (keyPair) => add(keyPair),
    activate: (certificate, confirmation?: object) =>
      call(async () => {
        activationSchema.parse(confirmation ?? {});
        const { instance, times, run } = await open();
        const activated = await run((work) => activateCertificate(work, instance, id, idOf(certificate)));
        return present(activated, times.policyAt);
      }),
    delete: (certificate) =>
      call(async () => {
        const { instance, run } = await open();
        await run((work) => deleteCertificate(work, instance, id, idOf(certificate)));
      }),
    rehearse: (certificate) =>
      call(async () => {
        const given = certificate === undefined ? undefined : idOf(certificate);
        const started = await rehearse(needs, await open(), id, given);
        return { ...started, expiresAt: toIso(started.expiresAt) };
      }),
    endRehearsals: () =>
      call(async () => {
        const { instance, run } = await open();
        await run((work) => cancelRehearsals(work, instance, id));
      }),
  };
}

const idOf = (certificate: CertificateReference): CertificateId =>
  (typeof certificate === 'string' ? certificate : certificate.id) as CertificateId; // only compared with what is stored

function present(stored: StoredCertificate, at: Instant): Certificate {
  const { id, active, certificatePem, keySize, algorithm, notBeforeAt, notAfterAt, createdAt } = stored;
  return {
    ...{ id, active, certificatePem, keySize, algorithm },
    notBefore: toIso(notBeforeAt),
    notAfter: toIso(notAfterAt),
    expiry: expiryOf(notAfterAt, at),
    warnings: certificateWarnings(stored, at).map(({ message }) => message),
    createdAt: toIso(createdAt),
  };
}
