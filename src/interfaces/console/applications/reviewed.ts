import type { ReviewedAnswer } from '../../../../views/components/console/wizard.ts';
import type { TemplateVariable } from '../../../../views/console/applications/configuration-fields.ts';
import { durationWords } from '../../../../views/words.ts';
import type { PlannedApplication } from '../../../administration/operations/applications.ts';
import { acsUrlsOf } from '../../../domain/applications/relying-party.ts';
import { durationMs } from '../../../foundation/platform/duration.ts';
import type { RelyingParty } from '../../../protocols/saml/types.ts';

type Planned = PlannedApplication['state'];

/** The details and properties of a new application, for its review. */
export function typedAnswers(
  { key, displayName, description, settings }: Planned,
  variables: readonly TemplateVariable[],
  values: Readonly<Record<string, string>>,
): ReviewedAnswer[] {
  return [
    { label: 'Display name', value: displayName },
    { label: 'Key', value: key },
    { label: 'Description', value: description },
    ...variables.map(({ name, label }) => ({ label, value: values[name] ?? '' })),
    { label: 'Application start URL', value: settings.startUrl ?? '' },
    { label: 'Relay state', value: settings.relayState ?? '' },
    { label: 'Session duration', value: durationWords(durationMs(settings.sessionDuration)) },
  ];
}

/** What metadata, typed values or a template set of a service provider. */
export function serviceProviderAnswers(relyingParty: RelyingParty): ReviewedAnswer[] {
  const { entityId, requestSigningCertificates, authnRequestsSigned } = relyingParty;
  return [
    ...acsUrlsOf(relyingParty).map((value, index) => ({
      ...{ label: index === 0 ? 'Application ACS URL' : 'Another ACS URL', value },
    })),
    { label: 'Application SAML audience', value: entityId },
    {
      label: 'Certificates for signed requests',
      value: requestSigningCertificates.length === 0 ? '' : String(requestSigningCertificates.length),
    },
    { label: 'Unsigned requests', value: authnRequestsSigned ? 'refused' : 'answered' },
  ];
}

/** What a new application's template and metadata set. */
export function plannedAnswers({ relyingParty, settings }: Planned): ReviewedAnswer[] {
  const { subject, attributes } = settings;
  return [
    ...serviceProviderAnswers(relyingParty),
    { label: 'Subject (NameID)', value: `${subject.value ?? 'generated'}, ${subject.format}` },
    {
      label: 'Attribute mappings',
      value: attributes.map(({ name, value }) => `${name}: ${value}`).join(', '),
    },
  ];
}
