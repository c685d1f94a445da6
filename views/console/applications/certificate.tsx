import { Banner } from '../../components/console/banner.tsx';
import { CopiedValue } from '../../components/console/copied-value.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, type Fact } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { Time, type When } from '../../components/when.tsx';
import type { PageContext } from '../../page-context.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { ExpiryIndicator } from './expiry.tsx';
import { certificateName, type ShownCertificate } from './shown-certificate.ts';

export interface CertificatePageProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** The list of certificates. */
  listHref: string;
  certificate: ShownCertificate;
}

/** One certificate, with the values that are compared with those at the service provider. */
export function CertificatePage({ page, frame, listHref, certificate }: CertificatePageProps) {
  const { id, warnings } = certificate;
  const name = certificateName(certificate);
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={`Certificate: ${name}`}
      place="applications"
      guide={[
        {
          procedure: "Step 2: Update the service provider's website.",
          differs:
            'The new certificate is copied or downloaded here; the application’s tab Instructions says where it belongs.',
        },
      ]}
    >
      <BackToList href={listHref} />
      <div class="v-heading">
        <h1>Certificate</h1>
        <a class="btn v-button-quiet" href={`${listHref}/${id}/pem`}>
          Download certificate
        </a>
      </div>
      {warnings.map((warning) => (
        <Banner key={warning} tone="warning">
          <Sentence text={warning} />
        </Banner>
      ))}
      <div class="v-detail">
        <Facts facts={factsOf(certificate)} />
      </div>
      <h2>PEM</h2>
      <p>
        <CopyButton text={certificate.certificatePem} label="Copy certificate" />
      </p>
      <pre class="v-xml" role="region" aria-label="Certificate in PEM" tabindex={0}>
        {certificate.certificatePem}
      </pre>
    </InstanceLayout>
  );
}

function factsOf(certificate: ShownCertificate): Fact[] {
  const { active, expiry, notBefore, notAfter, createdAt, keySize, algorithm } = certificate;
  const copied = (label: string, value: string) => ({
    label,
    // `SHA-1` keeps its capitals within a sentence.
    value: (
      <CopiedValue name={label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())} value={value} />
    ),
  });
  return [
    { label: 'Status', value: active ? 'Active' : 'Inactive' },
    { label: 'Made', value: <Time at={createdAt} /> },
    { label: 'Valid from', value: <Time at={notBefore} /> },
    { label: 'Expires on', value: <ExpiryIndicator expiry={expiry} at={notAfter} withWords /> },
    { label: 'Key size', value: `${keySize}-bit RSA` },
    { label: 'Algorithm', value: algorithm },
    copied('Certificate id', certificate.id),
    copied('Serial number', certificate.serialNumber),
    copied('SHA-1 fingerprint', certificate.sha1Fingerprint),
    copied('SHA-256 fingerprint', certificate.sha256Fingerprint),
  ];
}

function BackToList({ href }: { href: string }) {
  return (
    <a class="v-back" href={href}>
      <Icon name="arrow-left" />
      AWS SSO certificate
    </a>
  );
}

export interface RehearsalStartedPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  listHref: string;
  /** Shown once: only its hash is stored. */
  url: string;
  expiresAt: When;
}

/** The link of a rehearsal that was just begun. */
export function RehearsalStartedPage(props: RehearsalStartedPageProps) {
  const { page, frame, listHref, url, expiresAt } = props;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title="Rehearse the certificate"
      place="applications"
      guide={[
        {
          procedure: 'Step 3: Set the new certificate to active.',
          differs:
            'The guide has no rehearsal. It tries before this step whether the service provider accepts the certificate.',
        },
      ]}
    >
      <BackToList href={listHref} />
      <h1>Rehearse the certificate</h1>
      <p>
        Open this link in the browser that shall rehearse. There the application’s responses are signed with
        the inactive certificate, until <Time at={expiresAt} />; everywhere else nothing changes. The link
        works in one browser, and is shown only now.
      </p>
      <p>
        <CopiedValue name="link" value={url} />
      </p>
      <p>
        <a class="btn btn-primary" href={url}>
          Open it in this browser
        </a>
      </p>
    </InstanceLayout>
  );
}
