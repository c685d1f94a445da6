import { CheckList } from '../components/check-list.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { Facts, Wire } from '../components/facts.tsx';
import { XmlView } from '../components/xml-view.tsx';
import { AttributeTable } from '../components/attribute-table.tsx';
import { type SampleAccount, type SampleBrand, SampleLayout } from '../layouts/sample-layout.tsx';
import type { PageContext } from '../page-context.tsx';
import { Named } from '../components/named.tsx';

/** An attribute of the assertion. */
interface ReceivedAttribute {
  name: string;
  nameFormat?: string | null | undefined;
  values: readonly string[];
}

/** A check that the response passed. */
export interface Verification {
  /** Such as `Signature of the Response` or `Audience`. */
  label: string;
  /** The value that was found, such as a fingerprint or a time. */
  detail: string;
}

export interface SampleReceivedPageProps {
  page: PageContext;
  sample: SampleBrand;
  account: SampleAccount;
  nameId: { value: string; format: string | null };
  attributes: readonly ReceivedAttribute[];
  /** All instants are in ISO 8601, as in the assertion. */
  conditions: { notBefore: string | null; notOnOrAfter: string | null; audiences: readonly string[] };
  session: {
    sessionIndex: string | null;
    authnInstant: string | null;
    authnContextClassRef: string | null;
    sessionNotOnOrAfter?: string | null;
  };
  issuer: string;
  inResponseTo: string | null;
  relayState: string | null;
  /** The binding of the request, or of the response when there was no request. */
  binding: string;
  initiatedBy: 'service-provider' | 'identity-provider';
  verifications: readonly Verification[];
  /** The decoded XML, byte for byte. */
  xml: string;
  portalHref: string;
}

/** Shows a signed-in user everything that the sample has received and verified. */
export function SampleReceivedPage(props: SampleReceivedPageProps) {
  const { page, sample, account, attributes, verifications, xml } = props;
  return (
    <SampleLayout page={page} title="What was received" sample={sample} account={account}>
      <div class="v-sample-content">
        <header class="v-sample-head">
          <h1>What was received</h1>
          <p>
            Vestibule sent this to <Named text={sample.name} /> when you signed in.{' '}
            <a href={props.portalHref}>Back to the portal</a>
          </p>
        </header>
        <div class="v-columns">
          <SubjectPanel {...props} />
          <SessionPanel {...props} />
        </div>
        <section class="v-panel" aria-labelledby="attributes">
          <h2 id="attributes">Attributes</h2>
          {attributes.length === 0 ? (
            <p class="v-soft">
              The assertion has no attributes. Map some to this application in the organization file, then
              sign in again.
            </p>
          ) : (
            <AttributeTable
              attributes={attributes.map(({ nameFormat, ...rest }) => ({ ...rest, format: nameFormat }))}
              withoutFormat="unspecified"
            />
          )}
        </section>
        <section class="v-panel" aria-labelledby="verified">
          <h2 id="verified">What was verified</h2>
          <CheckList checks={verifications} />
        </section>
        <section class="v-panel" aria-labelledby="xml">
          <div class="v-panel-head">
            <h2 id="xml">Response</h2>
            <CopyButton text={xml} label="Copy as received" />
          </div>
          <p class="v-soft">Decoded and indented for reading; the copy is byte for byte what was signed.</p>
          <XmlView xml={xml} label="Decoded SAML Response" />
        </section>
      </div>
    </SampleLayout>
  );
}

function SubjectPanel({ nameId, issuer, conditions }: SampleReceivedPageProps) {
  return (
    <section class="v-panel" aria-labelledby="subject">
      <h2 id="subject">Subject and conditions</h2>
      <Facts
        facts={[
          { label: 'NameID', value: <Wire value={nameId.value} /> },
          { label: 'Format', value: <Wire value={nameId.format} /> },
          { label: 'Issuer', value: <Wire value={issuer} /> },
          { label: 'NotBefore', value: <Wire value={conditions.notBefore} /> },
          { label: 'NotOnOrAfter', value: <Wire value={conditions.notOnOrAfter} /> },
          { label: 'Audience', value: <Wire value={conditions.audiences.join(' ')} /> },
        ]}
      />
    </section>
  );
}

function SessionPanel({ session, inResponseTo, relayState, binding, initiatedBy }: SampleReceivedPageProps) {
  const began =
    initiatedBy === 'service-provider' ? 'This service provider' : 'The portal (identity provider)';
  return (
    <section class="v-panel" aria-labelledby="session">
      <h2 id="session">Session and exchange</h2>
      <Facts
        facts={[
          { label: 'Initiated by', value: began },
          { label: 'Binding', value: binding },
          { label: 'InResponseTo', value: <Wire value={inResponseTo} /> },
          { label: 'RelayState', value: <Wire value={relayState} /> },
          { label: 'SessionIndex', value: <Wire value={session.sessionIndex} /> },
          { label: 'AuthnInstant', value: <Wire value={session.authnInstant} /> },
          { label: 'SessionNotOnOrAfter', value: <Wire value={session.sessionNotOnOrAfter} /> },
          { label: 'AuthnContextClassRef', value: <Wire value={session.authnContextClassRef} /> },
        ]}
      />
    </section>
  );
}
