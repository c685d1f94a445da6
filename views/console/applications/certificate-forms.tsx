import { ConsoleForm } from '../../components/console/console-form.tsx';
import type { Field } from '../../components/console/field.ts';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import type { GuideTitle } from '../../components/console/guide.ts';
import { Icon } from '../../components/icon.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { certificateName, type ShownCertificate } from './shown-certificate.ts';

interface CertificateFormProps {
  page: PageContext;
  frame: ConsoleFrame;
  listHref: string;
  /** The messages beside the fields. */
  errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole. */
  error?: string | undefined;
}

const ALGORITHMS = [
  { value: 'SHA-256', label: 'SHA-256', help: 'Choose this unless the service provider requires SHA-1.' },
  { value: 'SHA-1', label: 'SHA-1', help: 'Many service providers refuse it.' },
];

const DIALOG = 'The dialog box is a page, and its command stands beside the certificate.';

const noteOf = (procedure: GuideTitle, differs: string): GuideNoteProps[] => [{ procedure, differs }];

/** The values of the form as they were typed. */
export interface GenerateValues {
  validityMonths: string;
  algorithm: string;
  keySize: string;
}

export interface GeneratePageProps extends CertificateFormProps {
  values: GenerateValues;
}

/** The guide's dialog “Generate new AWS SSO certificate”. */
export function GeneratePage({ values, ...props }: GeneratePageProps) {
  const { errors } = props;
  const fields: Field[] = [
    {
      ...{ kind: 'text', name: 'validityMonths', label: 'Validity period', value: values.validityMonths },
      ...{ error: errors['validityMonths'], help: 'In months, 1 to 120.' },
    },
    {
      ...{ kind: 'radio', name: 'algorithm', label: 'Algorithm', value: values.algorithm },
      ...{ error: errors['algorithm'], options: ALGORITHMS },
    },
    {
      ...{
        kind: 'radio',
        name: 'keySize',
        label: 'Key size',
        value: values.keySize,
        error: errors['keySize'],
      },
      options: [
        { value: '2048', label: '2048-bit RSA' },
        { value: '1024', label: '1024-bit RSA', help: 'Weak: some service providers refuse it.' },
      ],
    },
  ];
  const labels = { title: 'Generate new AWS SSO certificate', submitLabel: 'Generate', path: '/generate' };
  const guide = noteOf('Step 1: Generate a new certificate.', 'The dialog box is a page.');
  return <CertificateForm {...{ ...props, fields, guide, ...labels }} />;
}

export interface ImportPageProps extends CertificateFormProps {
  values: { certificatePem: string; algorithm: string };
}

/** The form that imports a certificate with its key. The key isn't shown again. */
export function ImportPage({ values, ...props }: ImportPageProps) {
  const { errors } = props;
  const fields: Field[] = [
    {
      ...{ kind: 'textarea', name: 'certificatePem', label: 'Certificate', value: values.certificatePem },
      ...{ error: errors['certificatePem'], rows: 8, code: true, help: 'In PEM.' },
    },
    {
      ...{ kind: 'textarea', name: 'privateKeyPem', label: 'Private key', value: '' },
      ...{ error: errors['privateKeyPem'], rows: 8, code: true },
      help: 'RSA, PKCS #8 or PKCS #1 in PEM, without a password. It is never shown again, not even here.',
    },
    {
      ...{ kind: 'radio', name: 'algorithm', label: 'Algorithm', value: values.algorithm },
      ...{ error: errors['algorithm'], options: ALGORITHMS, help: 'For signing responses.' },
    },
  ];
  const labels = { title: 'Import a certificate', submitLabel: 'Import', path: '/import' };
  return <CertificateForm {...{ ...props, fields, ...labels }} />;
}

export interface CertificateActProps extends CertificateFormProps {
  certificate: Pick<ShownCertificate, 'id' | 'createdAt'>;
}

/** The guide's dialog “Set the selected certificate as active”. */
export function ActivatePage({ certificate, ...props }: CertificateActProps) {
  const fields: Field[] = [
    {
      ...{ kind: 'checks', name: 'acknowledged', label: 'Confirm', values: [] },
      error: props.errors['acknowledged'],
      help: 'Until the service provider trusts this certificate, nobody can sign in there.',
      options: [
        {
          value: 'yes',
          label:
            'I understand that setting a certificate to active may require me to re-establish the trust with the service provider',
        },
      ],
    },
  ];
  const labels = { title: 'Set the selected certificate as active', submitLabel: 'Make active' };
  const guide = noteOf('Step 3: Set the new certificate to active.', DIALOG);
  return (
    <CertificateForm {...{ ...props, fields, guide, ...labels }} path={`/${certificate.id}/activate`}>
      {certificateName(certificate)}.
    </CertificateForm>
  );
}

/** The guide's dialog “Delete certificate”. */
export function DeleteCertificatePage({ certificate, ...props }: CertificateActProps) {
  const labels = { title: 'Delete certificate', submitLabel: 'Delete', path: `/${certificate.id}/delete` };
  const guide = noteOf('Step 4: Delete the old certificate.', DIALOG);
  return (
    <CertificateForm {...{ ...props, fields: [], guide, ...labels }} destroys>
      {certificateName(certificate)}. This deletes the inactive certificate with its key, for good.
    </CertificateForm>
  );
}

interface FrameOfForm extends CertificateFormProps {
  title: string;
  fields: readonly Field[];
  submitLabel: string;
  /** Follows the address of the list. */
  path: string;
  guide?: readonly GuideNoteProps[];
  destroys?: boolean;
  children?: string | (string | number)[];
}

function CertificateForm(props: FrameOfForm) {
  const { page, frame, listHref, title, errors, error, fields, submitLabel, path } = props;
  const { guide, destroys, children } = props;
  return (
    <InstanceLayout
      {...{ page, frame, guide }}
      title={formTitle(title, { errors, error })}
      place="applications"
    >
      <a class="v-back" href={listHref}>
        <Icon name="arrow-left" />
        AWS SSO certificate
      </a>
      <h1>{title}</h1>
      {children !== undefined && <p>{children}</p>}
      <ConsoleForm
        id="certificate"
        action={`${listHref}${path}`}
        csrf={frame.person.csrf}
        {...{ fields, error, submitLabel, destroys }}
        cancelHref={listHref}
      />
    </InstanceLayout>
  );
}
