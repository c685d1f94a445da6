import type { Field, Option } from '../../components/console/field.ts';

export interface RequestValues {
  profile: string;
  weakAlgorithms: string;
  denial: string;
  reservedNames: string;
  content: string;
  wire: string;
}

const option = (value: string, label: string, help?: string): Option => ({ value, label, help });

export function requestFields(values: RequestValues, errors: Readonly<Record<string, string>>): Field[] {
  const radio = (name: keyof RequestValues, label: string, options: Option[]): Field => ({
    ...{ kind: 'radio', name, label, value: values[name], error: errors[name], options },
  });
  return [
    radio('profile', 'Odd requests that do no harm', [
      option('lenient', 'Answer them', 'What is odd is noted with the recorded conversation.'),
      option('as-aws', 'Refuse them', 'As AWS or the standard does.'),
    ]),
    radio('weakAlgorithms', 'Requests that are signed with SHA-1', [
      option('accept', 'Verify and answer them'),
      option('refuse', 'Refuse them'),
    ]),
    radio('denial', 'A user without access opens an application', [
      option('page', 'The user sees a page that says so'),
      option('status', 'The service provider receives a SAML status'),
    ]),
    radio('reservedNames', 'Responses to reserved names, such as .example and .test', [
      option('show', 'Show them first', 'Nobody answers at such an address.'),
      option('send', 'Send them like any other'),
    ]),
    radio('content', 'What is recorded of a SAML conversation', [
      option('full', 'Everything'),
      option('redacted', 'Everything but names, attribute values, RelayState and signatures'),
      option('none', 'Nothing'),
    ]),
    radio('wire', 'SAML messages and authenticator apps follow', [
      option('real', 'Real time'),
      option('instance', 'The organization’s clock', 'Your service providers need the same time.'),
    ]),
  ];
}
