import type { CatalogueTemplate, InstructionValue } from './template.ts';

/**
 * The values that steps show for copying, by the names that templates use: the instance's own and the
 * application's.
 */
export type InstructionValues = Readonly<Record<InstructionValue, string>>;

export interface Instruction {
  readonly text: string;
  readonly values: readonly {
    /** The service provider's name for the value. */
    readonly label: string;
    readonly name: InstructionValue;
    readonly value: string;
  }[];
}

type Step = CatalogueTemplate['steps'][number];

/** For applications without a template. */
const GENERIC_STEPS: readonly Step[] = [
  {
    text: 'As an administrator of the service provider open its settings for single sign-on, and add an identity provider for SAML 2.0.',
    values: {},
  },
  {
    text: 'If it reads metadata, give it this address, or the file behind it. The metadata contains everything else.',
    values: { Metadata: 'metadataUrl' },
  },
  {
    text: 'Otherwise fill in the fields for the identity provider. Service providers use different names for them.',
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
    text: 'Compare the service provider’s own values with those stored here. They must be identical, letter for letter.',
    values: { 'Entity ID, audience': 'audience', 'ACS URL, reply URL': 'acsUrl' },
  },
];

/** The steps of a template, or the generic ones, each with the values to copy. */
export function fillInstructions(
  template: CatalogueTemplate | undefined,
  values: InstructionValues,
): readonly Instruction[] {
  return (template?.steps ?? GENERIC_STEPS).map((step) => ({
    text: step.text,
    values: Object.entries(step.values).map(([label, name]) => ({ label, name, value: values[name] })),
  }));
}
