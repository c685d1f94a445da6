import type {
  Application,
  ApplicationSettings,
  ApplicationTemplate,
} from '../../../domain/applications/application.ts';
import type { Principal } from '../../../domain/assignments/assignment.ts';
import { sealContext } from '../../../domain/certificates/certificate.ts';
import type { SealedCertificate } from '../../../domain/certificates/store.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { DirectoryId, GroupId, UserId } from '../../../foundation/platform/ids.ts';
import { applicationIdOf, nameIdSaltOf } from '../apply/derived-ids.ts';
import type { OrganizationDocument } from '../read/schema.ts';
import { writeServiceProvider } from '../read/declared-service-provider.ts';
import { isApplicationIcon } from '../../../../views/icons.ts';

type Written = NonNullable<OrganizationDocument['applications']>[number];

/** The current names of groups and users. */
interface PresentNames {
  readonly groups: ReadonlyMap<GroupId, string>;
  readonly users: ReadonlyMap<UserId, string>;
}

export interface ApplicationNeeds {
  readonly directoryId: DirectoryId;
  readonly present: PresentNames;
  readonly assignments: readonly Principal[];
  /** The certificates to write, with their private keys; empty without secrets. */
  readonly certificates: readonly SealedCertificate[];
  readonly sealer: Sealer;
}

/** An application as a file declares it, with every setting written out. */
export async function exportApplication(needs: ApplicationNeeds, application: Application): Promise<Written> {
  const { directoryId, present, assignments, certificates, sealer } = needs;
  const { id, key, nameIdSalt: salt } = application;
  const { sample, ...settings }: ApplicationSettings = application.settings;
  return {
    key,
    ...(id !== applicationIdOf(directoryId, key) && { id }),
    displayName: application.displayName,
    description: application.description,
    enabled: application.enabled,
    // The values of the template are written out too, because the catalogue may have changed when the file is applied.
    template: settings.template && copyOf(settings.template),
    serviceProvider: await writeServiceProvider(application.relyingParty, sample),
    // A name that was stored when any was accepted shows no icon, and a file with it would be refused.
    icon: settings.icon !== null && isApplicationIcon(settings.icon) ? settings.icon : null,
    ...{ startUrl: settings.startUrl, relayState: settings.relayState },
    ...(certificates.length > 0 && salt !== nameIdSaltOf(directoryId, key) && { nameIdSalt: salt }),
    sessionDuration: settings.sessionDuration,
    notBeforeSkew: settings.notBeforeSkew,
    sessionNotOnOrAfter: settings.sessionNotOnOrAfter,
    authnContextClassRef: settings.authnContextClassRef,
    subject: settings.subject,
    nameIdPolicy: settings.nameIdPolicy,
    requests: { ...settings.requests },
    groupValues: settings.groupValues,
    attributes: settings.attributes.map(({ name, value, format }) => ({ name, value, format })),
    signing: settings.signing,
    signedRequests: settings.signedRequests,
    metadataCertificates: settings.metadataCertificates,
    ...(certificates.length > 0 && {
      certificates: certificates.map((certificate) => exportCertificate(sealer, certificate)),
    }),
    assignments: exportAssignments(assignments, present),
  };
}

const copyOf = ({ name, variables }: ApplicationTemplate) => ({ name, variables: { ...variables } });

function exportCertificate(sealer: Sealer, { sealedPrivateKey, ...certificate }: SealedCertificate) {
  return {
    id: certificate.id,
    active: certificate.active,
    algorithm: certificate.algorithm,
    certificate: certificate.certificatePem,
    privateKey: sealer.open(sealedPrivateKey, sealContext(certificate.id)),
  };
}

/** Writes a principal by name when the stored name is its current one, else with type, id and stored name. */
function exportAssignments(assigned: readonly Principal[], present: PresentNames): Written['assignments'] {
  const groups: string[] = [];
  const users: string[] = [];
  const principals: NonNullable<NonNullable<Written['assignments']>['principals']> = [];
  let everyone = false;
  for (const principal of assigned) {
    const { type, id, name } = principal;
    if (type === 'EVERYONE') everyone = true;
    else if (type === 'GROUP' && present.groups.get(id) === name) groups.push(name);
    else if (type === 'USER' && present.users.get(id) === name) users.push(name);
    else principals.push({ type, id, name });
  }
  return {
    groups: inOrder(groups),
    users: inOrder(users),
    ...(everyone && { everyone }),
    ...(principals.length > 0 && { principals }),
  };
}

/** Sorted by name: the order by id would mean nothing to a reader, and would differ between servers. */
const inOrder = (names: string[]) => names.sort((a, b) => (a < b ? -1 : Number(a > b)));
