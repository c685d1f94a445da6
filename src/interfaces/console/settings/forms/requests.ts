import { z } from 'zod';
import { requestFields } from '../../../../../views/console/settings/request-fields.ts';
import { typed, type SettingsForm } from '../settings-form.ts';

const form = z.object({
  ...{
    profile: typed,
    weakAlgorithms: typed,
    denial: typed,
    reservedNames: typed,
    content: typed,
    wire: typed,
  },
});

/** How SAML requests are judged and answered, and what is kept of them. */
export const requestsForm: SettingsForm<z.output<typeof form>> = {
  name: 'saml',
  form,
  valuesOf: ({ requests, denial, reservedNames, exchanges, time }) => ({
    ...{ ...requests, denial, reservedNames, content: exchanges.content, wire: time.wire },
  }),
  changeOf: ({ profile, weakAlgorithms, denial, reservedNames, content, wire }) => ({
    ...{ requests: { profile, weakAlgorithms }, denial, reservedNames },
    ...{ exchanges: { content }, time: { wire } },
  }),
  messages: Object.fromEntries(
    ['profile', 'weakAlgorithms', 'denial', 'reservedNames', 'content', 'wire'].map((name) => [
      name,
      'Choose one of these.',
    ]),
  ),
  fields: requestFields,
  title: 'SAML',
  about: 'An application can have rules of its own for its requests.',
};
