import { X509Certificate } from 'node:crypto';
import { findCatalogueEntry } from '../../domain/applications/catalogue/catalogue.ts';
import {
  fillInstructions,
  type Instruction,
  type InstructionValues,
} from '../../domain/applications/catalogue/instructions.ts';
import { certificateWarnings, type CertificateWarning } from '../../domain/certificates/expiry.ts';
import { listCertificates } from '../../domain/certificates/store.ts';
import { addressesOf } from '../../flows/idp/addresses.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import { findApplicationBy } from './applications.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';
import { defaultAssertionConsumerService } from '../../protocols/saml/default-acs.ts';

export interface ApplicationInstructions {
  readonly steps: readonly Instruction[];
  /** All values, including those that no step shows. */
  readonly values: InstructionValues;
  /** Warnings about the certificate. */
  readonly warnings: readonly CertificateWarning[];
  readonly sources: readonly { readonly title: string; readonly url: string }[];
}

/** How to configure an application's service provider to trust us. Throws ResourceNotFoundException. */
export async function describeInstructions(
  { db, publicOrigin }: OperationNeeds,
  { instance, times }: OpenedInstance,
  idOrKey: string,
): Promise<ApplicationInstructions> {
  const { id, relyingParty, settings } = await findApplicationBy(db.read, instance, idOrKey);
  const [active] = await listCertificates(db.read, instance.id, id);
  if (!active?.active) throw notFound('An active certificate of this application');
  const x509 = new X509Certificate(active.certificatePem);
  const { entityId: issuer, ...addresses } = addressesOf(publicOrigin, instance.directoryId, id);
  const values = {
    ...{ issuer, ...addresses },
    certificate: active.certificatePem,
    sha1Fingerprint: x509.fingerprint,
    sha256Fingerprint: x509.fingerprint256,
    audience: relyingParty.entityId,
    acsUrl: defaultAssertionConsumerService(relyingParty)?.url ?? '',
  };
  const entry = settings.template ? await findCatalogueEntry(settings.template.name) : undefined;
  const sources = entry?.template?.sources.map(({ title, url }) => ({ title, url })) ?? [];
  const steps = fillInstructions(entry?.template, values);
  return { steps, values, warnings: certificateWarnings(active, times.policyAt), sources };
}
