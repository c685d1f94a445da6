import type { CatalogueTemplate, InstructionValue } from './template.ts';

/** An instance's own values, and the application's, by what steps call them. */
export type InstructionValues = Readonly<Record<InstructionValue, string>>;

export interface Instruction {
  readonly text: string;
  readonly values: readonly {
    /** What the service provider calls it. */
    readonly label: string;
    readonly name: InstructionValue;
    /** Ready to copy. */
    readonly value: string;
  }[];
}

type Step = CatalogueTemplate['steps'][number];

/** For applications whose vendor's documentation nobody has put into the catalogue. */
const GENERIC_STEPS: readonly Step[] = [
  {
    text: 'As an administrator of the service provider open its settings for single sign-on, and add an identity provider for SAML 2.0.',
    values: {},
  },
  {
    text: 'If it reads metadata, give it this address, or the file that is there. It says everything else.',
    values: { Metadata: 'metadataUrl' },
  },
  {
    text: 'Otherwise fill in what it asks about the identity provider. Service providers have several names for each of these.',
    values: {
      'Issuer, entity ID': 'issuer',
      'Sign-on URL, SSO URL, SAML endpoint': 'ssoUrl',
      'Certificate, public key': 'certificate',
    },
  },
  {
    text: 'Some take the certificate’s fingerprint instead of the certificate.',
    values: { 'Fingerprint, SHA-256': 'sha256Fingerprint', 'Fingerprint, SHA-1': 'sha1Fingerprint' },
  },
  {
    text: 'Compare what the service provider says of itself with what is known of it here. They must agree letter for letter.',
    values: { 'Entity ID, audience': 'audience', 'ACS URL, reply URL': 'acsUrl' },
  },
];

/** The steps of a template, or those that are the same everywhere, with what is to be copied at each. */
export function fillInstructions(
  template: CatalogueTemplate | undefined,
  values: InstructionValues,
): readonly Instruction[] {
  return (template?.steps ?? GENERIC_STEPS).map((step) => ({
    text: step.text,
    values: Object.entries(step.values).map(([label, name]) => ({ label, name, value: values[name] })),
  }));
}
