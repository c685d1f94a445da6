import { DURATION_UNITS, type DurationUnit, type Field } from '../../components/console/field.ts';

/** The configuration of an application as it was typed. */
export interface TypedConfiguration {
  readonly displayName: string;
  readonly description: string;
  readonly startUrl: string;
  readonly relayState: string;
  readonly sessionDuration: { readonly amount: string; readonly unit: DurationUnit };
}

/** The service provider as it was typed; the text of a chosen file is in `metadataXml`. */
export interface TypedMetadata {
  readonly metadataXml: string;
  readonly acsUrl: string;
  readonly audience: string;
}

/** A value that a template of the catalogue needs, such as the name of a workspace. */
export interface TemplateVariable {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly example: string;
}

type Errors = Readonly<Record<string, string>>;

/** The name of the field of a template's variable. */
export const variableField = (name: string) => `variable-${name}`;

/** “Details” of the guide. */
export function detailFields({ displayName, description }: TypedConfiguration, errors: Errors): Field[] {
  return [
    {
      ...{ kind: 'text', name: 'displayName', label: 'Display name', value: displayName, maxLength: 1000 },
      ...{ help: 'Shown on the tile in the portal.', error: errors['displayName'] },
    },
    {
      ...{ kind: 'textarea', name: 'description', label: 'Description', value: description, rows: 2 },
      ...{ optional: true, error: errors['description'] },
    },
  ];
}

export function variableFields(
  variables: readonly TemplateVariable[],
  values: Readonly<Record<string, string>>,
  errors: Errors,
): Field[] {
  return variables.map(({ name, label, description, example }) => ({
    ...{ kind: 'text', name: variableField(name), label, value: values[name] ?? '' },
    ...{ help: `${description} For example ${example}.`, error: errors[variableField(name)] },
  }));
}

/** “Application properties” of the guide. */
export function propertyFields(typed: TypedConfiguration, errors: Errors): Field[] {
  return [
    {
      ...{ kind: 'url', name: 'startUrl', label: 'Application start URL', value: typed.startUrl },
      ...{ optional: true, error: errors['startUrl'] },
      help: 'Where the tile leads, for an application that starts the sign-on itself.',
    },
    {
      ...{ kind: 'text', name: 'relayState', label: 'Relay state', value: typed.relayState },
      ...{ optional: true, error: errors['relayState'] },
      help: 'Sent unchanged with responses that no request asked for. It leads users to a place within the application.',
    },
    {
      ...{ kind: 'duration', name: 'sessionDuration', label: 'Session duration', units: DURATION_UNITS },
      ...typed.sessionDuration,
      ...{
        help: 'How long an assertion is valid: from 1 minute to 30 days.',
        error: errors['sessionDuration'],
      },
    },
  ];
}

const MANUALLY = 'If you don’t have a metadata file, you can manually type your metadata values.';

/** “Application metadata” of the guide. `isKnown`: a template or the application has them already. */
export function metadataFields(typed: TypedMetadata, errors: Errors, isKnown: boolean): Field[] {
  return [
    {
      ...{ kind: 'file', name: 'metadata', label: 'Application SAML metadata file', optional: isKnown },
      ...{ accept: '.xml,application/xml,text/xml,application/samlmetadata+xml', error: errors['metadata'] },
      help: 'The service provider offers it for download. Another way is to paste it, or to type its values.',
    },
    {
      ...{ kind: 'textarea', name: 'metadataXml', label: 'Metadata as text', value: typed.metadataXml },
      ...{ section: 'Paste the metadata', rows: 6, code: true, optional: true, error: errors['metadataXml'] },
    },
    {
      ...{ kind: 'url', name: 'acsUrl', label: 'Application ACS URL', value: typed.acsUrl },
      ...{ section: MANUALLY, optional: true, error: errors['acsUrl'] },
      help: 'Responses are posted there: the AssertionConsumerService.',
    },
    {
      ...{ kind: 'text', name: 'audience', label: 'Application SAML audience', value: typed.audience },
      ...{ section: MANUALLY, optional: true, error: errors['audience'] },
      help: 'The entity ID of the service provider. With metadata that describes several: of the one to use.',
    },
  ];
}
