import type { ApplicationSettings, ApplicationTemplate } from '../../../domain/applications/application.ts';
import { parseSettings } from '../../../domain/applications/store.ts';
import { sealContext } from '../../../domain/certificates/certificate.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { DirectoryId, GroupId, UserId } from '../../../foundation/platform/ids.ts';
import type { RelyingParty } from '../../../protocols/saml/types.ts';
import type { InstanceRows } from './export-snapshot.ts';
import { applicationIdOf, nameIdSaltOf } from '../apply/derived-ids.ts';
import type { OrganizationDocument } from '../read/schema.ts';
import { writeServiceProvider } from '../read/declared-service-provider.ts';

type ApplicationRow = InstanceRows['applications'][number];
type AssignmentRow = NonNullable<ReturnType<InstanceRows['assignmentsByApplication']['get']>>[number];
type CertificateRow = NonNullable<ReturnType<InstanceRows['certificatesByApplication']['get']>>[number];
type Written = NonNullable<OrganizationDocument['applications']>[number];

/** The names that groups and users have now. */
interface PresentNames {
  readonly groups: ReadonlyMap<GroupId, string>;
  readonly users: ReadonlyMap<UserId, string>;
}

export interface ApplicationNeeds {
  readonly directoryId: DirectoryId;
  readonly present: PresentNames;
  readonly assignments: readonly AssignmentRow[];
  /** Those to be written, with their keys. */
  readonly certificates: readonly CertificateRow[];
  readonly sealer: Sealer;
}

/** An application as a file declares it, everything written out. */
export async function exportApplication(row: ApplicationRow, needs: ApplicationNeeds): Promise<Written> {
  const { directoryId, present, assignments, certificates, sealer } = needs;
  const { id, application_key: key, name_id_salt: salt } = row;
  // Only written by the applications' room, from what was checked.
  const relyingParty = JSON.parse(row.service_provider) as RelyingParty;
  const { sample, ...settings }: ApplicationSettings = parseSettings(row.settings);
  return {
    key,
    ...(id !== applicationIdOf(directoryId, key) && { id }),
    displayName: row.display_name,
    description: row.description,
    enabled: row.enabled === 1,
    // What its template says is written out as well: the catalogue may say something else when the file is applied.
    template: settings.template && copyOf(settings.template),
    serviceProvider: await writeServiceProvider(relyingParty, sample),
    ...{ icon: settings.icon, startUrl: settings.startUrl, relayState: settings.relayState },
    ...(certificates.length > 0 && salt !== nameIdSaltOf(directoryId, key) && { nameIdSalt: salt }),
    sessionDuration: settings.sessionDuration,
    notBeforeSkew: settings.notBeforeSkew,
    sessionNotOnOrAfter: settings.sessionNotOnOrAfter,
    authnContextClassRef: settings.authnContextClassRef,
    subject: settings.subject,
    nameIdPolicy: settings.nameIdPolicy,
    groupValues: settings.groupValues,
    attributes: settings.attributes.map(({ name, value, format }) => ({ name, value, format })),
    signing: settings.signing,
    signedRequests: settings.signedRequests,
    metadataCertificates: settings.metadataCertificates,
    ...(certificates.length > 0 && {
      certificates: certificates.map((certificate) => exportCertificate(certificate, sealer)),
    }),
    assignments: exportAssignments(assignments, present),
  };
}

const copyOf = ({ name, variables }: ApplicationTemplate) => ({ name, variables: { ...variables } });

function exportCertificate(row: CertificateRow, sealer: Sealer) {
  return {
    id: row.id,
    active: row.is_active === 1,
    algorithm: row.algorithm,
    certificate: row.certificate_pem,
    privateKey: sealer.open(row.sealed_private_key, sealContext(row.id)),
  };
}

/** By name, where that is the name of the principal now; otherwise whole, with the name as it was. */
function exportAssignments(rows: readonly AssignmentRow[], present: PresentNames): Written['assignments'] {
  const groups: string[] = [];
  const users: string[] = [];
  const principals: NonNullable<NonNullable<Written['assignments']>['principals']> = [];
  let everyone = false;
  for (const { principal_type: type, principal_id: id, principal_name: name } of rows) {
    if (type === 'EVERYONE') everyone = true;
    // `principal_type` says whose id it is.
    else if (type === 'GROUP' && present.groups.get(id as GroupId) === name) groups.push(name);
    else if (type === 'USER' && present.users.get(id as UserId) === name) users.push(name);
    else principals.push({ type, id, name });
  }
  return {
    groups: inOrder(groups),
    users: inOrder(users),
    ...(everyone && { everyone }),
    ...(principals.length > 0 && { principals }),
  };
}

/** In the order of the text: that of ids says nothing to a reader, and differs where ids do. */
const inOrder = (names: string[]) => names.sort((a, b) => (a < b ? -1 : Number(a > b)));
