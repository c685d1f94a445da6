import { CopiedValue } from '../../components/console/copied-value.tsx';
import { DangerZone } from '../../components/console/danger-zone.tsx';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';
import { Named } from '../../components/console/named.tsx';
import { NextSteps, type NextStep } from '../../components/console/next-steps.tsx';
import { PostButton } from '../../components/console/post-button.tsx';
import { ValueOrNone } from '../../components/console/value-or-none.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, Wire } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { None } from '../../components/none.tsx';
import { durationWords } from '../../words.ts';
import { ApplicationTab, type ApplicationPageProps } from './application-page.tsx';
import { addingNotes } from './guide-notes.ts';

/** The identity provider's side, to be given to the service provider. */
export interface IdentityProviderSide {
  readonly signInUrl: string;
  readonly issuerUrl: string;
  readonly metadataUrl: string;
  /** A path, so that the download stays on the address by which the console is open. */
  readonly metadataPath: string;
  readonly certificatePath: string;
  readonly certificatePem: string;
}

export interface ConfigurationPageProps extends ApplicationPageProps {
  /** Whether the application was just added: then the page says what comes next. */
  isNew?: boolean;
  details: {
    readonly id: string;
    readonly enabled: boolean;
    readonly key: string;
    readonly description: string;
    readonly origin: string;
  };
  provider: IdentityProviderSide;
  properties: {
    readonly startUrl: string | null;
    readonly relayState: string | null;
    readonly sessionMs: number;
  };
  serviceProvider: {
    readonly audience: string;
    /** The first is the default. */
    readonly acsUrls: readonly string[];
    readonly certificates: number;
    readonly sample: string | null;
  };
}

const GUIDE_NOTES: readonly GuideNoteProps[] = [
  ...addingNotes(
    'What the guide downloads while an application is added is downloaded here, below “AWS SSO metadata”.',
  ),
  {
    procedure: 'To disable or enable your application',
    differs: 'The button Disable or Enable stands beside the name, without a menu Actions.',
  },
];

/** The first tab of an application: everything that it is configured with. */
export function ConfigurationPage(props: ConfigurationPageProps) {
  const { page, frame, head, href, done, isNew = false, details, properties } = props;
  const edit = frame.mayChange && (
    <a class="btn btn-sm v-button-quiet" href={`${href}/edit`}>
      <Icon name="edit" />
      Edit configuration
    </a>
  );
  return (
    <ApplicationTab
      {...{ page, frame, head, done }}
      title="Configuration"
      guide={GUIDE_NOTES}
      actions={
        frame.mayChange ? <StatusButton {...{ href, csrf: frame.person.csrf, ...details }} /> : undefined
      }
    >
      {isNew && <NextSteps steps={stepsOf(href)} mayChange={frame.mayChange} />}
      <section class="v-panel" aria-labelledby="details">
        <div class="v-review-head">
          <h2 id="details">Details</h2>
          {edit}
        </div>
        <Facts
          facts={[
            { label: 'Display name', value: <Named text={head.name} /> },
            {
              label: 'Description',
              value: <ValueOrNone text={details.description} />,
            },
            { label: 'Type', value: details.origin },
            { label: 'Key', value: <CopiedValue name="key" value={details.key} /> },
            { label: 'Application id', value: <CopiedValue name="application id" value={details.id} /> },
          ]}
        />
      </section>
      <ProviderSection {...props.provider} manageHref={`${href}/certificates`} />
      <section class="v-panel" aria-labelledby="properties">
        <h2 id="properties">Application properties</h2>
        <Facts
          facts={[
            {
              label: 'Application start URL',
              value: <CopiedValue name="start URL" value={properties.startUrl} />,
            },
            { label: 'Relay state', value: <CopiedValue name="relay state" value={properties.relayState} /> },
            { label: 'Session duration', value: durationWords(properties.sessionMs) },
          ]}
        />
      </section>
      <ServiceProviderSection {...{ frame, href }} {...props.serviceProvider} />
      {frame.mayChange && (
        <DangerZone
          id="danger"
          acts={[
            {
              label: 'Remove application',
              about: 'Nobody can use it any more. Its certificates and its assignments are gone for good.',
              href: `${href}/remove`,
            },
          ]}
        />
      )}
    </ApplicationTab>
  );
}

/** What makes a new application usable. */
const stepsOf = (href: string): NextStep[] => [
  {
    title: 'Set up the service provider',
    reason: 'The instructions have the values that it needs to trust Vestibule, to copy at each step.',
    href: `${href}/instructions`,
  },
  {
    title: 'Check the attribute mappings',
    reason: 'They say what the service provider learns about a user; a preview shows it.',
    href: `${href}/attribute-mappings`,
  },
  {
    title: 'Assign users',
    reason: 'Nobody can use the application before it is assigned. Prefer groups to single users.',
    href: `${href}/assign/groups`,
  },
];

/** Stops users from using the application, or lets them again. */
function StatusButton({ href, csrf, enabled }: { href: string; csrf: string; enabled: boolean }) {
  const [label, act] = enabled ? (['Disable', 'disable'] as const) : (['Enable', 'enable'] as const);
  return <PostButton action={`${href}/${act}`} {...{ csrf, label }} />;
}

function ProviderSection(provider: IdentityProviderSide & { manageHref: string }) {
  const { signInUrl, issuerUrl, metadataUrl, metadataPath, certificatePath, manageHref } = provider;
  return (
    <section class="v-panel" aria-labelledby="provider">
      <h2 id="provider">AWS SSO metadata</h2>
      <p>Your service provider needs these values to trust Vestibule.</p>
      <Facts
        facts={[
          { label: 'AWS SSO sign-in URL', value: <CopiedValue name="sign-in URL" value={signInUrl} /> },
          {
            label: 'AWS SSO sign-out URL',
            value: (
              <span class="v-soft">none: signing out of the portal ends no session of an application</span>
            ),
          },
          { label: 'AWS SSO issuer URL', value: <CopiedValue name="issuer URL" value={issuerUrl} /> },
          {
            label: 'AWS SSO SAML metadata file',
            value: (
              <>
                <CopiedValue name="metadata URL" value={metadataUrl} />{' '}
                <a class="btn btn-sm v-button-quiet" href={metadataPath} download>
                  Download<span class="visually-hidden"> the metadata file</span>
                </a>
              </>
            ),
          },
          {
            label: 'AWS SSO certificate',
            value: (
              <>
                <CopyButton text={provider.certificatePem} label="Copy certificate" />{' '}
                <a class="btn btn-sm v-button-quiet" href={certificatePath} download>
                  Download certificate
                </a>{' '}
                <a class="btn btn-sm v-button-quiet" href={manageHref}>
                  Manage certificate
                </a>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}

type ServiceProviderProps = Pick<ConfigurationPageProps, 'frame' | 'href'> &
  ConfigurationPageProps['serviceProvider'];

function ServiceProviderSection(props: ServiceProviderProps) {
  const { frame, href, audience, acsUrls, certificates, sample } = props;
  return (
    <section class="v-panel" aria-labelledby="service-provider">
      <div class="v-review-head">
        <h2 id="service-provider">Application metadata</h2>
        {frame.mayChange && (
          <a class="btn btn-sm v-button-quiet" href={`${href}/metadata`}>
            <Icon name="edit" />
            Replace metadata
          </a>
        )}
      </div>
      <Facts
        facts={[
          ...acsUrls.map((url, index) => ({
            label: index === 0 ? 'Application ACS URL' : 'Another ACS URL',
            value: <CopiedValue name="ACS URL" value={url} />,
          })),
          {
            label: 'Application SAML audience',
            value: <CopiedValue name="SAML audience" value={audience} />,
          },
          {
            label: 'Certificates for signed requests',
            value: certificates === 0 ? <None /> : String(certificates),
          },
          ...(sample === null ? [] : [{ label: 'Built-in sample', value: <Wire value={sample} /> }]),
        ]}
      />
    </section>
  );
}
