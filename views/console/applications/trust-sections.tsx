import { CopiedValue } from '../../components/console/copied-value.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, Wire } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { None } from '../../components/none.tsx';
import type { ConsoleFrame } from '../instance-layout.tsx';

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

export interface ServiceProviderSide {
  readonly audience: string;
  /** The first is the default. */
  readonly acsUrls: readonly string[];
  readonly certificates: number;
  readonly sample: string | null;
}

/** What the service provider has to know of us. */
export function ProviderSection(provider: IdentityProviderSide & { manageHref: string }) {
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

interface ServiceProviderProps extends ServiceProviderSide {
  frame: ConsoleFrame;
  /** The address of the application. */
  href: string;
}

/** What we know of the service provider. */
export function ServiceProviderSection(props: ServiceProviderProps) {
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
