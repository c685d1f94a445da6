import { z } from 'zod';
import {
  activationSchema,
  certificateInputSchema,
  pemSchema,
} from '../../../domain/certificates/certificate-input.ts';
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
import { idOf } from './references.ts';

const pairSchema = z.object({
  certificatePem: pemSchema('certificate'),
  privateKeyPem: pemSchema('private key'),
});

export function createCertificates(context: HandleContext, id: ApplicationId): Certificates {
  const { needs, open } = context;
  const add = async (given: object) => {
    const opened = await open();
    const input = certificateInputSchema.parse(given);
    return present(await addCertificateTo(needs, opened, id, input), opened.times.policyAt);
  };
  return {
    list: async () => {
      const { instance, times } = await open();
      const all = await listCertificates(needs.db.read, instance.id, id);
      return all.map((each) => present(each, times.policyAt));
    },
    generate: (options = {}) => add(options),
    // Without both, the input would ask for a new certificate.
    import: async (keyPair) => add({ ...keyPair, ...pairSchema.parse(keyPair) }),
    activate: async (certificate, confirmation?: object) => {
      activationSchema.parse(confirmation ?? {});
      const { instance, times, run } = await open();
      const activated = await run((work) =>
        activateCertificate(work, instance, id, certificateIdOf(certificate)),
      );
      return present(activated, times.policyAt);
    },
    delete: async (certificate) => {
      const { instance, run } = await open();
      await run((work) => deleteCertificate(work, instance, id, certificateIdOf(certificate)));
    },
    rehearse: async (certificate) => {
      const given = certificate === undefined ? undefined : certificateIdOf(certificate);
      const started = await rehearse(needs, await open(), id, given);
      return { ...started, expiresAt: toIso(started.expiresAt) };
    },
    endRehearsals: async () => {
      const { instance, run } = await open();
      await run((work) => cancelRehearsals(work, instance, id));
    },
  };
}

const certificateIdOf = (certificate: CertificateReference) => idOf(certificate) as CertificateId; // only compared with what is stored

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
