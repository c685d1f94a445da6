import { Banner } from '../../components/console/banner.tsx';
import type { DetailProps } from '../../components/console/detail.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import { ListRows } from '../../components/console/list-rows.tsx';
import type { RowAction } from '../../components/console/list.ts';
import { PostButton } from '../../components/console/post-button.tsx';
import { StatusTag, type StatusTagProps } from '../../components/console/status-tag.tsx';
import { WizardSteps } from '../../components/console/wizard-steps.tsx';
import { Icon } from '../../components/icon.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { Time } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import type { ConsoleFrame } from '../instance-layout.tsx';
import { ApplicationTab } from './application-page.tsx';
import { ExpiryIndicator } from './expiry.tsx';
import { certificateName, type ShownCertificate, type ShownRehearsal } from './shown-certificate.ts';

export interface CertificatesPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  head: Omit<DetailProps, 'children' | 'actions'>;
  /** The active one first. */
  certificates: readonly ShownCertificate[];
  rehearsals: readonly ShownRehearsal[];
  done?: string | undefined;
}

const COLUMNS = ['Certificate', 'Status', 'Expires on', 'Key', 'Algorithm'].map((label) => ({ label }));

const GUIDE_NOTES: readonly GuideNoteProps[] = [
  {
    procedure: 'Rotate an AWS SSO certificate',
    differs:
      'The commands stand beside each certificate rather than in a menu “Actions”. Before the third step, a rehearsal can sign with the new certificate in one browser only.',
  },
  {
    procedure: 'To check the current status of a certificate',
    differs: 'The status of both certificates of an application is here. Words say what the colours mean.',
  },
];

/** The certificates of an application, at most two (guide, “Rotate an AWS SSO certificate”). */
export function CertificatesPage(props: CertificatesPageProps) {
  const { page, frame, head, certificates, rehearsals, done } = props;
  const here = head.currentHref;
  return (
    <ApplicationTab
      {...{ page, frame, head }}
      title="AWS SSO certificate"
      guide={GUIDE_NOTES}
      done={done === undefined ? undefined : { text: done }}
    >
      <div class="v-heading">
        <h2>AWS SSO certificate</h2>
        {frame.mayChange && certificates.length < 2 && <AddLinks here={here} />}
      </div>
      <ListRows
        caption="Certificates"
        columns={COLUMNS}
        rows={certificates.map((certificate) => ({
          ...{ id: certificate.id, name: certificateName(certificate), href: `${here}/${certificate.id}` },
          cells: cellsOf(certificate),
          actions: actionsOf(here, certificate, frame.mayChange),
        }))}
        csrf={frame.person.csrf}
      />
      {certificates.flatMap((certificate) =>
        certificate.warnings.map((warning) => (
          <Banner key={`${certificate.id} ${warning}`} tone="warning">
            {certificateName(certificate)}: <Sentence text={warning} />
          </Banner>
        )),
      )}
      <Rotation certificates={certificates} />
      {rehearsals.length > 0 && <Rehearsals {...{ frame, certificates, rehearsals, here }} />}
    </ApplicationTab>
  );
}

function AddLinks({ here }: { here: string }) {
  return (
    <div class="v-detail-actions">
      <a class="btn btn-primary" href={`${here}/generate`}>
        <Icon name="plus" />
        Generate new certificate
      </a>
      <a class="btn v-button-quiet" href={`${here}/import`}>
        Import
      </a>
    </div>
  );
}

function cellsOf({ active, expiry, notAfter, keySize, algorithm }: ShownCertificate) {
  return [
    <StatusTag key="status" {...(active ? ACTIVE : INACTIVE)} />,
    <ExpiryIndicator key="expires" expiry={expiry} at={notAfter} withWords />,
    `${keySize}-bit RSA`,
    algorithm,
  ];
}

function actionsOf(here: string, { id, active }: ShownCertificate, mayChange: boolean): RowAction[] {
  const download = { label: 'Download', href: `${here}/${id}/pem` };
  if (!mayChange || active) return [download];
  return [
    download,
    { label: 'Rehearse', post: `${here}/${id}/rehearse` },
    { label: 'Set as active', href: `${here}/${id}/activate` },
    { label: 'Delete', href: `${here}/${id}/delete` },
  ];
}

const ACTIVE: StatusTagProps = { text: 'Active', tone: 'good' };
const INACTIVE: StatusTagProps = { text: 'Inactive', tone: 'calm' };

/** The guide's four steps. */
const STEPS = [
  { id: 'generate', label: 'Generate a new certificate' },
  { id: 'update', label: 'Update the service provider’s website' },
  { id: 'activate', label: 'Set the new certificate to active' },
  { id: 'delete', label: 'Delete the old certificate' },
];

/** Where a rotation stands: the second of two certificates is the new one, until it is active. */
function Rotation({ certificates }: Pick<CertificatesPageProps, 'certificates'>) {
  const [active, inactive] = certificates;
  if (!active || !inactive) {
    return (
      <section aria-labelledby="rotation">
        <h2 id="rotation">Rotation</h2>
        <p>To replace the certificate, generate a new one. It is inactive at first: nothing changes.</p>
        <WizardSteps steps={STEPS} current="generate" />
      </section>
    );
  }
  const isNew = inactive.createdAt.iso >= active.createdAt.iso;
  return (
    <section aria-labelledby="rotation">
      <h2 id="rotation">Rotation</h2>
      <p>
        {isNew
          ? 'Download the new certificate, and add it at the service provider. Then set it as active. A rehearsal shows before whether the service provider accepts it.'
          : 'Responses are signed with the new certificate. When nobody has trouble signing in, delete the old one.'}
      </p>
      <WizardSteps steps={STEPS} current={isNew ? 'update' : 'delete'} />
    </section>
  );
}

interface RehearsalsProps extends Pick<CertificatesPageProps, 'frame' | 'certificates' | 'rehearsals'> {
  here: string;
}

function Rehearsals({ frame, certificates, rehearsals, here }: RehearsalsProps) {
  const names = new Map(certificates.map((each) => [each.id, certificateName(each)]));
  return (
    <section aria-labelledby="rehearsals">
      <h2 id="rehearsals">Rehearsals</h2>
      <ul>
        {rehearsals.map(({ certificateId, running, expiresAt }, index) => (
          <li key={index}>
            {names.get(certificateId)}: {running ? 'in one browser' : 'its link waits for a browser'}, until{' '}
            <Time at={expiresAt} />
          </li>
        ))}
      </ul>
      {frame.mayChange && (
        <PostButton action={`${here}/rehearsals/end`} csrf={frame.person.csrf} label="End rehearsals" />
      )}
    </section>
  );
}
